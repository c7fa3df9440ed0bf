namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// The pending replies of a connection, in the order of their requests. All have the same timeout, so the first entries expire first.
/// Not thread-safe: the connection's lock guards it.
/// </summary>
internal sealed class PendingReplies
{
    private PendingReply? _first;
    private PendingReply? _last;
    private PendingReply? _firstUnexpired;

    public int Count { get; private set; }

    /// <summary>The entry whose reply comes next.</summary>
    public PendingReply? First => _first;

    /// <summary>The entry with the next deadline.</summary>
    public PendingReply? FirstUnexpired => _firstUnexpired;

    public void Enqueue(PendingReply pending)
    {
        if (_last is null)
        {
            _first = pending;
        }
        else
        {
            _last.Next = pending;
        }

        _last = pending;
        _firstUnexpired ??= pending;
        Count++;
    }

    /// <summary>Removes the entry whose reply comes next; null when the queue is empty.</summary>
    public PendingReply? Dequeue()
    {
        if (_first is not { } taken)
        {
            return null;
        }

        if (_firstUnexpired == taken)
        {
            _firstUnexpired = taken.Next;
        }

        _first = taken.Next;
        _last = _first is null ? null : _last;
        taken.Next = null;
        Count--;
        return taken;
    }

    /// <summary>Counts <see cref="FirstUnexpired"/> as expired; it stays queued.</summary>
    public void ExpireFirst() => _firstUnexpired = _firstUnexpired?.Next;
}
