using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>Time that passes when the spec says so. Timers fire inside <see cref="Advance"/>.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _now.Ticks;
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _now += by;
        }

        while (TakeDue() is { } due)
        {
            due.Fire();
        }
    }

    /// <summary>Ends when there is something that time would bring.</summary>
    public async Task SomebodyWaits()
    {
        while (true)
        {
            lock (_gate)
            {
                if (_timers.Count > 0)
                {
                    return;
                }
            }

            // Whoever will wait is on another thread: give it the processor.
            await Task.Delay(1);
        }
    }

    /// <summary>Lets time pass, in small steps, until something has happened.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> happened)
    {
        while (!happened.IsCompleted)
        {
            Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(happened, Task.Delay(1));
        }

        return await happened;
    }

    private Timer? TakeDue()
    {
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.DueAt <= _now).MinBy(timer => timer.DueAt);
            if (due is not null)
            {
                _timers.Remove(due);
            }

            return due;
        }
    }

    private sealed class Timer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan DueAt { get; private set; }

        public void Fire() => fire();

        /// <summary>One-shot: nothing under test asks for a period.</summary>
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(Timeout.InfiniteTimeSpan, period);
            lock (time._gate)
            {
                time._timers.Remove(this);
                DueAt = time._now + dueTime;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
