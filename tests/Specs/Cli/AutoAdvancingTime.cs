namespace TreasureHunt.Specs.Cli;

/// <summary>A clock on which every timer fires immediately and advances the time by its delay.</summary>
internal sealed class AutoAdvancingTime : TimeProvider
{
    private long _now = new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero).Ticks;

    /// <summary>The adjustment of the wall clock since the start. Timestamps are not affected.</summary>
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
