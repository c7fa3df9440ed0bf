using System.Globalization;
using System.Runtime.CompilerServices;

namespace TreasureHunt.EventStore.Reading;

/// <content>All events of a hunt, for audits.</content>
public sealed partial class EventReader
{
    /// <summary>The most sequences, and so the most events, in a batch of a hunt: the next ones are held in memory.</summary>
    private const long MaxHuntBatchSize = 100_000;

    /// <summary>Reads the typed events of a hunt, its treasures and their claims, in the order of their sequences.</summary>
    public async IAsyncEnumerable<EventBatch> ReadHuntAsync(string huntId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var head = await HeadAsync(cancellationToken);
        var streams = await StreamsOfHuntAsync(huntId, cancellationToken);
        var (first, events) = await ExtentOfAsync(streams, cancellationToken);
        // As many sequences as contain a batch of this hunt's events.
        var size = Math.Clamp(FeedBatchSize * (head - first) / Math.Max(1, events), FeedBatchSize, MaxHuntBatchSize);
        await foreach (var batch in ReadAheadAsync(
            first - 1, head, size, (after, upTo, stop) => ReadHuntBatchAsync(streams, after, upTo, stop), cancellationToken))
        {
            yield return batch;
        }
    }

    // The number only determines the size of the batches: the audit compares the streams' rows with the events.
    private async Task<(long First, long Events)> ExtentOfAsync(string[] streams, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"""
             select
               coalesce((select min(seq_id) from {_events} where stream_id = any($1) and version = 1), 1),
               coalesce((select sum(version) from {store.Options.DatabaseSchemaName}.mt_streams where id = any($1)), 0)::bigint
             """);
        command.Parameters.AddWithValue(streams);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    private async Task<EventBatch> ReadHuntBatchAsync(string[] streams, long after, long upTo, CancellationToken cancellationToken)
    {
        // With the numbers in its text the statement is not prepared: PostgreSQL plans it for these numbers. It reads the sequences of a
        // large hunt, and the streams of a small one.
        await using var command = postgres.CreateCommand(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                 select {Columns} from {_events} where seq_id > {after} and seq_id <= {upTo} and stream_id = any($1) order by seq_id
                 """));
        command.Parameters.AddWithValue(streams);
        return new EventBatch(after, upTo, await ReadRecordedAsync(command, cancellationToken).ToListAsync(cancellationToken));
    }
}
