using System.Runtime.CompilerServices;
using System.Threading.Channels;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Reading;

/// <content>Batches of typed events over a range of sequences, for replays.</content>
public sealed partial class EventReader
{
    /// <summary>Maximum number of events in a batch.</summary>
    private const int BatchSize = 10_000;

    /// <summary>Batches that are read ahead while the caller works on one.</summary>
    private const int MaxBatchesAhead = 2;

    /// <summary>Reads the events of some types in a range of sequences, in order, and reads ahead.</summary>
    /// <param name="upTo">At most <see cref="HighWaterMarkAsync"/>: an open transaction may still add events after it.</param>
    /// <exception cref="UnknownEventException">The range contains an event that this build does not know.</exception>
    public async IAsyncEnumerable<EventBatch> ReadBatchesAsync(
        IReadOnlySet<Type> types, long after, long upTo, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<EventBatch>(
            new BoundedChannelOptions(MaxBatchesAhead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAheadAsync(types.Select(type => EventNames.All[type]).ToArray(), after, upTo, ahead.Writer, stop.Token);
        try
        {
            await foreach (var batch in ahead.Reader.ReadAllAsync(cancellationToken))
            {
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    private async Task ReadAheadAsync(
        string[] types, long after, long upTo, ChannelWriter<EventBatch> batches, CancellationToken cancellationToken)
    {
        try
        {
            while (after < upTo)
            {
                var command = postgres.CreateCommand(
                    $"""
                     select {Columns} from {_events} where seq_id > $1 and seq_id <= $2 and type = any($3)
                     order by seq_id limit {BatchSize}
                     """);
                command.Parameters.AddWithValue(after);
                command.Parameters.AddWithValue(upTo);
                command.Parameters.AddWithValue(types);
                var events = await ReadRecordedAsync(command, cancellationToken).ToListAsync(cancellationToken);
                var last = events.Count < BatchSize ? upTo : events[^1].Sequence;
                // An event of an unknown type may change the read model.
                if (await FindUnknownTypeAsync(after, last, cancellationToken) is { } unknown)
                {
                    throw new UnknownEventException(unknown);
                }

                await batches.WriteAsync(new EventBatch(after, last, events), cancellationToken);
                after = last;
            }

            batches.Complete();
        }
#pragma warning disable CA1031 // The reader of the channel gets every exception.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            batches.TryComplete(exception);
        }
    }

    /// <summary>Returns the type of the first event in a range that this build does not know because a newer build wrote it.</summary>
    private async Task<string?> FindUnknownTypeAsync(long after, long upTo, CancellationToken cancellationToken)
    {
        await using var command = postgres.CreateCommand(
            $"select type from {_events} where seq_id > $1 and seq_id <= $2 and type <> all($3) order by seq_id limit 1");
        command.Parameters.AddWithValue(after);
        command.Parameters.AddWithValue(upTo);
        command.Parameters.AddWithValue(EventNames.Types.Keys.ToArray());
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }
}
