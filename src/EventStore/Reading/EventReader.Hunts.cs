using System.Runtime.CompilerServices;

namespace TreasureHunt.EventStore.Reading;

/// <content>All events of a hunt, for audits.</content>
public sealed partial class EventReader
{
    /// <summary>
    /// Reads the typed events of a hunt, its treasures and their claims, in the order of their sequences. While the caller works on a
    /// batch, the next one is read.
    /// </summary>
    public async IAsyncEnumerable<RecordedEvent> ReadHuntAsync(
        string huntId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var streams = await StreamsOfHuntAsync(huntId, cancellationToken);
        var reading = ReadHuntBatchAsync(streams, 0, stop.Token);
        try
        {
            while (true)
            {
                var batch = await reading;
                var isLast = batch.Count < FeedBatchSize;
                if (!isLast)
                {
                    reading = ReadHuntBatchAsync(streams, batch[^1].Sequence, stop.Token);
                }

                foreach (var recorded in batch)
                {
                    yield return recorded;
                }

                if (isLast)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<List<RecordedEvent>> ReadHuntBatchAsync(string[] streams, long after, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                var command = postgres.CreateCommand(
                    $"""
                     select {Columns} from {_events} where seq_id > $1 and stream_id = any($2)
                     order by seq_id limit {FeedBatchSize}
                     """);
                command.Parameters.AddWithValue(after);
                command.Parameters.AddWithValue(streams);
                return await ReadRecordedAsync(command, cancellationToken).ToListAsync(cancellationToken);
            },
            cancellationToken);
}
