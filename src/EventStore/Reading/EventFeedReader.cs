using System.Runtime.CompilerServices;
using System.Text.Json;
using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.EventStore.Reading;

/// <summary>Reads the log in its order, page by page, without holding it in memory.</summary>
public sealed class EventFeedReader(NpgsqlDataSource postgres, EventStoreOptions options)
{
    private const int Page = 5_000;

    private static readonly string[] Administrative = [.. EventNames.All.Where(entry => !entry.Key.IsAssignableTo(typeof(IClaimEvent))).Select(entry => entry.Value)];

    private readonly string _schema = options.Schema;

    /// <summary>The facts after a sequence: all of them, or those of one hunt, its treasures and their claims; of all types, or of some.</summary>
    public async IAsyncEnumerable<EventLine> Read(
        long after, string? huntId, string[]? types, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var streams = huntId is null ? null : await StreamsOf(huntId, cancellation);
        var last = after;
        while (true)
        {
            var page = await ReadPage(last, streams, types, null, Page, cancellation);
            foreach (var line in page)
            {
                yield return line;
            }

            if (page.Count < Page)
            {
                yield break;
            }

            last = page[^1].Sequence;
        }
    }

    /// <summary>The first administrative events after a sequence: all of them, or those of one subject.</summary>
    public Task<List<EventLine>> Commands(long after, string? subject, int top, CancellationToken cancellation) =>
        ReadPage(after, null, Administrative, subject, top, cancellation);

    /// <summary>The last sequence of the log; 0 when it is empty.</summary>
    public async Task<long> Head(CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand($"select coalesce(max(seq_id), 0) from {_schema}.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Progress of every shard by its name, <c>HighWaterMark</c> among them.</summary>
    public async Task<Dictionary<string, long>> Progress(CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand($"select name, last_seq_id from {_schema}.mt_event_progression");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var progress = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellation))
        {
            progress[reader.GetString(0)] = reader.GetInt64(1);
        }

        return progress;
    }

    /// <summary>The first event after a sequence, and up to another, whose type this build does not know: a newer build wrote it. Null when there is none.</summary>
    public async Task<(long Sequence, string Type)?> FirstUnknown(long after, long upTo, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(
            $"select seq_id, type from {_schema}.mt_events where seq_id > $1 and seq_id <= $2 and type <> all($3) order by seq_id limit 1");
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(upTo);
        command.Parameters.AddWithValue(EventNames.Types.Keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>Ids of all hunts, oldest first.</summary>
    public async Task<List<string>> Hunts(CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(
            $"select data->>'huntId' from {_schema}.mt_events where type = '{EventNames.All[typeof(HuntDrafted)]}' order by seq_id");
        return await Strings(command, cancellation);
    }

    private async Task<string[]> StreamsOf(string huntId, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(
            $"select data->>'treasureId' from {_schema}.mt_events where type = '{EventNames.All[typeof(TreasureHidden)]}' and data->>'huntId' = $1");
        command.Parameters.AddWithValue(huntId);
        var treasures = await Strings(command, cancellation);
        return treasures.SelectMany(treasure => new[] { StreamNames.Treasure(treasure), StreamNames.Refusals(treasure) })
            .Prepend(StreamNames.Hunt(huntId)).ToArray();
    }

    private async Task<List<EventLine>> ReadPage(
        long after, string[]? streams, string[]? types, string? subject, int top, CancellationToken cancellation)
    {
        await using var command = postgres.CreateCommand(
            $"""
             select seq_id, stream_id, version, type, id, timestamp, data::text, (headers->'{Actor.Header}')::text from {_schema}.mt_events
             where seq_id > $1 {(streams is null ? "" : "and stream_id = any($2)")} {(types is null ? "" : "and type = any($3)")}
             {(subject is null ? "" : $"and headers->'{Actor.Header}'->>'subject' = $4")}
             order by seq_id limit {top}
             """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(streams ?? []);
        command.Parameters.AddWithValue(types ?? []);
        command.Parameters.AddWithValue(subject ?? "");

        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var page = new List<EventLine>();
        while (await reader.ReadAsync(cancellation))
        {
            using var data = JsonDocument.Parse(reader.GetString(6));
            page.Add(new EventLine(
                reader.GetInt64(0),
                reader.GetString(1),
                reader.GetInt64(2),
                reader.GetString(3),
                reader.GetGuid(4),
                reader.GetFieldValue<DateTimeOffset>(5),
                data.RootElement.Clone(),
                await reader.IsDBNullAsync(7, cancellation) ? null : JsonElement.Parse(reader.GetString(7))));
        }

        return page;
    }

    private static async Task<List<string>> Strings(NpgsqlCommand command, CancellationToken cancellation)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var strings = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            strings.Add(reader.GetString(0));
        }

        return strings;
    }
}
