namespace TreasureHunt.Specs.Cli;

/// <summary>Time in which every wait is over at once, and counts as if it had been waited for.</summary>
internal sealed class HurriedTime : TimeProvider
{
    private long _now = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>By how much the wall clock was set since the start; timestamps do not follow it.</summary>
    public TimeSpan WallClockSetBy { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + WallClockSetBy;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Add(ref _now, dueTime > TimeSpan.Zero ? dueTime.Ticks : 0);
        return System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
