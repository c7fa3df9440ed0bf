using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Reading;

/// <content>Batches of typed events over a range of sequences, read ahead: for replays and audits.</content>
public sealed partial class EventReader
{
    /// <summary>Sequences in a batch.</summary>
    private const int BatchSize = 2_500;

    /// <summary>Batches that are read at the same time, or wait for the caller.</summary>
    private const int MaxBatchesAhead = 3;

    /// <summary>Reads the events of some types in a range of sequences, in order.</summary>
    /// <param name="upTo">At most <see cref="HighWaterMarkAsync"/>: an open transaction may still add events after it.</param>
    /// <exception cref="UnknownEventException">The range contains an event that this build does not know.</exception>
    public IAsyncEnumerable<EventBatch> ReadBatchesAsync(
        IReadOnlySet<Type> types, long after, long upTo, CancellationToken cancellationToken)
    {
        var names = types.Select(type => EventNames.All[type]).ToArray();
        return ReadAheadAsync(after, upTo, BatchSize, (first, end, stop) => ReadBatchAsync(names, first, end, stop), cancellationToken);
    }

    /// <summary>
    /// Reads a range of sequences in parts, in order. It reads several parts ahead, on connections of their own: one reading alone is
    /// slower than the work that it causes.
    /// </summary>
    /// <param name="size">The sequences of a part.</param>
    /// <param name="readAsync">Reads the part after the first sequence up to the second one.</param>
    private static async IAsyncEnumerable<EventBatch> ReadAheadAsync(
        long after, long upTo, long size, Func<long, long, CancellationToken, Task<EventBatch>> readAsync,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<Task<EventBatch>>(
            new BoundedChannelOptions(MaxBatchesAhead - 1) { SingleReader = true, SingleWriter = true });
        var reading = StartReadingAsync();
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                yield return await batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }

        async Task StartReadingAsync()
        {
            var last = Task.CompletedTask;
            try
            {
                while (after < upTo)
                {
                    var (first, end) = (after, Math.Min(upTo, after + size));
                    var batch = Task.Run(() => readAsync(first, end, stop.Token), stop.Token);
                    last = Task.WhenAll(last, batch);
                    await ahead.Writer.WriteAsync(batch, stop.Token);
                    after = end;
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }

            ahead.Writer.Complete();
            // The caller gets the exception of a batch from the batch.
            await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<EventBatch> ReadBatchAsync(string[] types, long after, long upTo, CancellationToken cancellationToken)
    {
        // Events of unknown types as well, which cannot be read: one of them may change the read model.
        var command = postgres.CreateCommand(
            $"""
             select {Columns} from {_events}
             where seq_id > $1 and seq_id <= $2 and (type = any($3) or type <> all($4)) order by seq_id
             """);
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(upTo);
        command.Parameters.AddWithValue(types);
        command.Parameters.AddWithValue(EventNames.Types.Keys.ToArray());
        return new EventBatch(after, upTo, await ReadRecordedAsync(command, cancellationToken).ToListAsync(cancellationToken));
    }
}
