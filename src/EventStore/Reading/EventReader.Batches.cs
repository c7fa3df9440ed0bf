using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Reading;

/// <content>Batches of typed events over a range of sequences, for replays.</content>
public sealed partial class EventReader
{
    /// <summary>Sequences in a batch.</summary>
    private const int BatchSize = 2_500;

    /// <summary>Batches that are read at the same time, or wait for the caller.</summary>
    private const int MaxBatchesAhead = 3;

    /// <summary>
    /// Reads the events of some types in a range of sequences, in order. It reads several batches ahead, on connections of their own:
    /// one reading alone is slower than the writes that it causes.
    /// </summary>
    /// <param name="upTo">At most <see cref="HighWaterMarkAsync"/>: an open transaction may still add events after it.</param>
    /// <exception cref="UnknownEventException">The range contains an event that this build does not know.</exception>
    public async IAsyncEnumerable<EventBatch> ReadBatchesAsync(
        IReadOnlySet<Type> types, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<Task<EventBatch>>(
            new BoundedChannelOptions(MaxBatchesAhead - 1) { SingleReader = true, SingleWriter = true });
        var reading = ReadAheadAsync(types.Select(type => EventNames.All[type]).ToArray(), after, upTo, ahead.Writer, stop.Token);
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
    }

    private async Task ReadAheadAsync(
        string[] types, long after, long upTo, ChannelWriter<Task<EventBatch>> batches, CancellationToken cancellationToken)
    {
        var last = Task.CompletedTask;
        try
        {
            while (after < upTo)
            {
                var (first, end) = (after, Math.Min(upTo, after + BatchSize));
                var batch = Task.Run(() => ReadBatchAsync(types, first, end, cancellationToken), cancellationToken);
                last = Task.WhenAll(last, batch);
                await batches.WriteAsync(batch, cancellationToken);
                after = end;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }

        batches.Complete();
        // The caller gets the exception of a batch from the batch.
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
