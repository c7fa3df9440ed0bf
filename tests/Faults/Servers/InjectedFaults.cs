namespace TreasureHunt.Faults.Servers;

/// <summary>All faults of a <see cref="FaultyTcpProxy"/>. Its connections read them while callers change them.</summary>
internal sealed class InjectedFaults
{
    private readonly TrafficFaults[] _traffic = [new(), new()];
    private volatile byte[]? _closeAt;
    private volatile RequestGate? _gate;
    private int _closedAtAnswer;

    /// <summary>The text of a server at which its connection is closed; null without this fault.</summary>
    public byte[]? CloseAt
    {
        get => _closeAt;
        set => _closeAt = value;
    }

    public RequestGate? Gate
    {
        get => _gate;
        set => _gate = value;
    }

    public long DroppedBytes => _traffic.Sum(traffic => traffic.DroppedBytes);

    public int ClosedAtAnswer => Volatile.Read(ref _closedAtAnswer);

    public TrafficFaults Of(Direction direction) => _traffic[(int)direction];

    public void CountClosedAtAnswer() => Interlocked.Increment(ref _closedAtAnswer);

    public void Resume()
    {
        foreach (var traffic in _traffic)
        {
            traffic.Resume();
        }

        Gate?.Open();
        Gate = null;
    }

    /// <summary>Ends delays, drops and closing.</summary>
    /// <returns>Whether data was being dropped.</returns>
    public bool Clear()
    {
        CloseAt = null;
        var wasDropping = _traffic.Any(traffic => traffic.IsDropping);
        foreach (var traffic in _traffic)
        {
            (traffic.Delay, traffic.IsDropping) = (TimeSpan.Zero, false);
        }

        return wasDropping;
    }
}
