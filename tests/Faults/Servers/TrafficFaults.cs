namespace TreasureHunt.Faults.Servers;

/// <summary>The faults of one direction of a <see cref="FaultyTcpProxy"/>, shared by all of its connections.</summary>
internal sealed class TrafficFaults
{
    private volatile TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _droppedBytes;

    public TrafficFaults() => _resumed.SetResult();

    /// <summary>Added to each piece of data.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether data is discarded while connections stay open.</summary>
    public bool IsDropping { get; set; }

    public long DroppedBytes => Interlocked.Read(ref _droppedBytes);

    /// <summary>Completed while traffic is not paused.</summary>
    public Task Resumed => _resumed.Task;

    public void Pause() => _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _resumed.TrySetResult();

    public void CountDropped(int bytes) => Interlocked.Add(ref _droppedBytes, bytes);
}
