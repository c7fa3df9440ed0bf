using System.Text.Json;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Projections;

/// <summary>Appends events directly to the event store, without a command.</summary>
internal static class EventAppender
{
    /// <summary>Appends events to a stream, which may be a new one.</summary>
    /// <param name="type">The stored type name; null for the type of the event.</param>
    /// <returns>The sequence of the last.</returns>
    public static Task<long> Append(this Engine engine, string stream, IEnumerable<object> events, string? type = null) =>
        engine.Append(events.Select(@event => (stream, @event)), type);

    /// <summary>Appends events to some streams, in this order.</summary>
    public static async Task<long> Append(this Engine engine, IEnumerable<(string Stream, object Event)> events, string? type = null)
    {
        var rows = events.Select(one => $"('{one.Stream}', '{type ?? EventNames.All[one.Event.GetType()]}', '{Data(one.Event)}'::jsonb)");
        return await engine.EventStore.Value<long>($"""
            with given as (select row_number() over () n, * from (values {string.Join(",\n", rows)}) as v(stream, type, data)),
            placed as (
              select given.*, coalesce(s.version, 0) + row_number() over (partition by stream order by n) as version
              from given left join {engine.Schema}.mt_streams s on s.id = stream),
            streams as (
              insert into {engine.Schema}.mt_streams as s (id, version) select stream, max(version) from placed group by stream
              on conflict (id) do update set version = excluded.version),
            written as (
              insert into {engine.Schema}.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp)
              select nextval('{engine.Schema}.mt_events_sequence'), gen_random_uuid(), stream, version, data, type, '', now()
              from (select * from placed order by n) p
              returning seq_id)
            select max(seq_id) from written
            """);
    }

    private static string Data(object @event) =>
        JsonSerializer.Serialize(@event, @event.GetType(), JsonSerializerOptions.Web).Replace("'", "''", StringComparison.Ordinal);
}
