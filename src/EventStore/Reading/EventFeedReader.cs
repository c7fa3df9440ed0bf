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

    private static readonly string[] Administrative = [
        .. EventNames.All.Where(entry => !entry.Key.IsAssignableTo(typeof(IClaimEvent))).Select(entry => entry.Value)];

    private readonly string _schema = options.Schema;

    /// <summary>
    /// The facts after a sequence: all of them, or those of one hunt, its treasures and their claims; of all types, or of some.
    /// </summary>
    public async IAsyncEnumerable<EventLine> ReadAsync(
        long after, string? huntId, string[]? types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var streams = huntId is null ? null : await StreamsOfAsync(huntId, cancellationToken);
        var last = after;
        while (true)
        {
            var page = await ReadPageAsync(last, streams, types, null, Page, cancellationToken);
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
    public Task<List<EventLine>> CommandsAsync(long after, string? subject, int top, CancellationToken cancellationToken) =>
        ReadPageAsync(after, null, Administrative, subject, top, cancellationToken);

    /// <summary>The last sequence of the log; 0 when it is empty.</summary>
    public async Task<long> HeadAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"select coalesce(max(seq_id), 0) from {_schema}.mt_events");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Progress of every shard by its name, <c>HighWaterMark</c> among them.</summary>
    public async Task<Dictionary<string, long>> ProgressAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand($"select name, last_seq_id from {_schema}.mt_event_progression");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var progress = new Dictionary<string, long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            progress[reader.GetString(0)] = reader.GetInt64(1);
        }

        return progress;
    }

    /// <summary>
    /// The first event after a sequence, and up to another, whose type this build does not know: a newer build wrote it. Null when there is
    /// none.
    /// </summary>
    public async Task<(long Sequence, string Type)?> FirstUnknownAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select seq_id, type from {_schema}.mt_events where seq_id > $1 and seq_id <= $2 and type <> all($3) order by seq_id limit 1");
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(upTo);
        command.Parameters.AddWithValue(EventNames.Types.Keys.ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetString(1)) : null;
    }

    /// <summary>Ids of all hunts, oldest first.</summary>
    public async Task<List<string>> HuntsAsync(CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select data->>'huntId' from {_schema}.mt_events where type = '{EventNames.All[typeof(HuntDrafted)]}' order by seq_id");
        return await StringsAsync(command, cancellationToken);
    }

    private async Task<string[]> StreamsOfAsync(string huntId, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select data->>'treasureId' from {_schema}.mt_events where type = '{EventNames.All[typeof(TreasureHidden)]}' and data->>'huntId' = $1");
        command.Parameters.AddWithValue(huntId);
        var treasures = await StringsAsync(command, cancellationToken);
        return treasures.SelectMany(treasure => new[] { StreamNames.Treasure(treasure), StreamNames.Refusals(treasure) })
            .Prepend(StreamNames.Hunt(huntId)).ToArray();
    }

    private async Task<List<EventLine>> ReadPageAsync(
        long after, string[]? streams, string[]? types, string? subject, int top, CancellationToken cancellationToken)
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

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<EventLine>();
        while (await reader.ReadAsync(cancellationToken))
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
                await reader.IsDBNullAsync(7, cancellationToken) ? null : JsonElement.Parse(reader.GetString(7))));
        }

        return page;
    }

    private static async Task<List<string>> StringsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var strings = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            strings.Add(reader.GetString(0));
        }

        return strings;
    }
}
