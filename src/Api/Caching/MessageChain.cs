using System.Diagnostics;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// Published batches that this process has received without a gap, and the time up to which no change is missing. Not thread-safe, except
/// <see cref="CurrentAt"/>. Times are ticks of <see cref="Stopwatch"/>.
/// </summary>
/// <param name="upTo">Every change up to this sequence was in Redis when the chain began. Later ones arrive as messages.</param>
public sealed class MessageChain(long upTo)
{
    /// <summary>How long a message may take: one second. A batch is published just after it was written.</summary>
    private static readonly long MaxDelay = Stopwatch.Frequency;

    private readonly Queue<(long Checkpoint, long At)> _checks = new();
    private long _receivedUpTo = upTo;
    private long _currentAt;

    /// <summary>All changes that were written before this time have been received; 0 until that is known for the first time.</summary>
    public long CurrentAt => Volatile.Read(ref _currentAt);

    /// <summary>Records a received batch. Returns false when batches before it were lost.</summary>
    /// <param name="after">The sequence after which the batch begins.</param>
    /// <param name="batchUpTo">The last sequence of the batch.</param>
    public bool TryReceive(long after, long batchUpTo)
    {
        if (after > _receivedUpTo)
        {
            return false;
        }

        _receivedUpTo = Math.Max(_receivedUpTo, batchUpTo);
        ConfirmChecks();
        return true;
    }

    /// <summary>Records the highest checkpoint. Returns false when batches up to an earlier one have not arrived in time.</summary>
    /// <param name="checkpoint">Every change that was written before <paramref name="at"/> has at most this sequence.</param>
    public bool TryCheck(long checkpoint, long at)
    {
        if (_checks.TryPeek(out var oldest) && at - oldest.At > MaxDelay)
        {
            return false;
        }

        _checks.Enqueue((checkpoint, at));
        ConfirmChecks();
        return true;
    }

    private void ConfirmChecks()
    {
        while (_checks.TryPeek(out var oldest) && oldest.Checkpoint <= _receivedUpTo)
        {
            Volatile.Write(ref _currentAt, _checks.Dequeue().At);
        }
    }
}
