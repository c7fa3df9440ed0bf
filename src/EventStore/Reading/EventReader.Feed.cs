using System.Runtime.CompilerServices;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Bodies;

namespace TreasureHunt.EventStore.Reading;

/// <content>The feed: events as JSON, in the order of their sequences, one batch in memory at a time.</content>
public sealed partial class EventReader
{
    private const int FeedBatchSize = 5_000;

    private static readonly string[] AdminEventNames = [
        .. EventNames.All.Where(entry => !entry.Key.IsAssignableTo(typeof(IClaimEvent))).Select(entry => entry.Value)];

    /// <summary>Reads the events after a sequence.</summary>
    /// <param name="huntId">Only events of this hunt, its treasures and their claims; null for all events.</param>
    /// <param name="types">Only events with these names; null for all.</param>
    public async IAsyncEnumerable<EventLine> ReadFeedAsync(
        long after, string? huntId, string[]? types, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var streams = huntId is null ? null : await StreamsOfHuntAsync(huntId, cancellationToken);
        var last = after;
        while (true)
        {
            var batch = await ReadFeedBatchAsync(last, streams, types, null, FeedBatchSize, cancellationToken);
            foreach (var line in batch)
            {
                yield return line;
            }

            if (batch.Count < FeedBatchSize)
            {
                yield break;
            }

            last = batch[^1].Sequence;
        }
    }

    /// <summary>Reads the first administrative events after a sequence.</summary>
    /// <param name="subject">Only events of commands by this subject; null for all.</param>
    /// <param name="top">Maximum number of events.</param>
    public Task<List<EventLine>> ReadAdminEventsAsync(long after, string? subject, int top, CancellationToken cancellationToken) =>
        ReadFeedBatchAsync(after, null, AdminEventNames, subject, top, cancellationToken);

    private async Task<string[]> StreamsOfHuntAsync(string huntId, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"""
             select data->>'treasureId' from {_events}
             where type = '{EventNames.All[typeof(TreasureHidden)]}' and data->>'huntId' = $1
             """);
        command.Parameters.AddWithValue(huntId);
        var treasures = await ReadStringsAsync(command, cancellationToken);
        return treasures.SelectMany(treasure => new[] { StreamNames.Treasure(treasure), StreamNames.Refusals(treasure) })
            .Prepend(StreamNames.Hunt(huntId)).ToArray();
    }

    private async Task<List<EventLine>> ReadFeedBatchAsync(
        long after, string[]? streams, string[]? types, string? subject, int top, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"""
             select seq_id, stream_id, version, type, id, timestamp, (headers->'{Actor.Header}')::text, {EventBody.Columns} from {_events}
             where seq_id > $1 {(streams is null ? "" : "and stream_id = any($2)")} {(types is null ? "" : "and type = any($3)")}
             {(subject is null ? "" : $"and headers->'{Actor.Header}'->>'subject' = $4")}
             order by seq_id limit {top}
             """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(streams ?? []);
        command.Parameters.AddWithValue(types ?? []);
        command.Parameters.AddWithValue(subject ?? "");

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var batch = new List<EventLine>();
        while (await reader.ReadAsync(cancellationToken))
        {
            batch.Add(new EventLine(
                Sequence: reader.GetInt64(0),
                StreamKey: reader.GetString(1),
                Version: reader.GetInt64(2),
                Type: reader.GetString(3),
                Id: reader.GetGuid(4),
                At: reader.GetFieldValue<DateTimeOffset>(5),
                Data: EventBody.ReadJson(reader, 7, reader.GetString(3)),
                By: await reader.IsDBNullAsync(6, cancellationToken) ? null : JsonElement.Parse(reader.GetString(6))));
        }

        return batch;
    }
}
