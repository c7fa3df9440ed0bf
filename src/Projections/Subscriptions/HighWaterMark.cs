using JasperFx.Events.Projections;

namespace TreasureHunt.Projections.Subscriptions;

/// <summary>The sequence up to which no event can be added to the event store any more, as Marten's daemon reports it.</summary>
public sealed class HighWaterMark : IObserver<ShardState>
{
    private long _sequence;
    private TaskCompletionSource _moved = NewSignal();

    /// <summary>Waits until the mark is beyond a sequence, and returns the mark.</summary>
    public async Task<long> WaitBeyondAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            // The signal first: it is given for each mark that is not yet read.
            var moved = Volatile.Read(ref _moved).Task;
            var mark = Volatile.Read(ref _sequence);
            if (mark > sequence)
            {
                return mark;
            }

            await moved.WaitAsync(cancellationToken);
        }
    }

    public void OnNext(ShardState value)
    {
        if (value.ShardName == ShardState.HighWaterMark && value.Sequence > _sequence)
        {
            Volatile.Write(ref _sequence, value.Sequence);
            Interlocked.Exchange(ref _moved, NewSignal()).SetResult();
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
