namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// The replies that a connection owes, in the order of their requests. All wait equally long, so those past their deadline
/// are always the first ones. Not thread-safe: the connection's gate guards it.
/// </summary>
internal sealed class PendingReplies
{
    private PendingReply? _first;
    private PendingReply? _last;
    private PendingReply? _firstInTime;

    public int Count { get; private set; }

    /// <summary>The reply that comes next.</summary>
    public PendingReply? First => _first;

    /// <summary>The one whose deadline is next.</summary>
    public PendingReply? FirstInTime => _firstInTime;

    public void Add(PendingReply pending)
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
        _firstInTime ??= pending;
        Count++;
    }

    /// <summary>Takes the reply that comes next out of the line.</summary>
    public PendingReply? Take()
    {
        if (_first is not { } taken)
        {
            return null;
        }

        if (_firstInTime == taken)
        {
            _firstInTime = taken.Next;
        }

        _first = taken.Next;
        _last = _first is null ? null : _last;
        taken.Next = null;
        Count--;
        return taken;
    }

    /// <summary>Gives the one whose deadline is next up; it stays in line.</summary>
    public void PassFirstInTime() => _firstInTime = _firstInTime?.Next;
}
