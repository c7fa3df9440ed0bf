namespace TreasureHunt.Api.Admission;

/// <summary>
/// The most requests of one kind that may be in progress: the measured rate of answers multiplied by a wait (Little's law). The wait is
/// short when most answers have taken longer for half a second. Before that it is longer, because a burst or a pause of the machine is no
/// overload. CoDel makes the same distinction for packets (RFC 8289).
/// </summary>
/// <remarks>
/// The limits of System.Threading.RateLimiting are fixed numbers, and they refuse in this process. The edge proxy refuses at a fraction of
/// the cost, so this object only measures.
/// </remarks>
/// <param name="wait">How long a request may take on average during an overload.</param>
/// <param name="min">The lowest limit: few requests at a time make small batches, which cost more.</param>
public sealed class OverloadLimit(TimeSpan wait, int min)
{
    /// <summary>The lowest limit without an overload.</summary>
    public const int MinBurst = 1_000;

    /// <summary>The wait of a burst.</summary>
    public static readonly TimeSpan BurstWait = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// An overload begins when most answers were late for this time, and ends when the limit was not reached for this time.
    /// </summary>
    public static readonly TimeSpan ChangeTime = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RateMemory = TimeSpan.FromMilliseconds(500);

    /// <summary>The part of the limit that counts as reached: the proxy's count and this one differ by the requests on their way.</summary>
    private const double ReachedPart = 0.9;

    private readonly Lock _lock = new();
    private int _inProgress;
    private TimeSpan _start;
    private int _most;
    private int _answered;
    private int _late;
    private double _rate;
    private TimeSpan _changing;
    private bool _isOverloaded;

    /// <summary>Requests in progress above which the proxy refuses new ones.</summary>
    public int Current
    {
        get
        {
            lock (_lock)
            {
                return _isOverloaded ? Limit : Math.Max(MinBurst, (int)(_rate * BurstWait.TotalSeconds));
            }
        }
    }

    private int Limit => Math.Max(min, (int)(_rate * wait.TotalSeconds));

    /// <summary>Records that a request arrived.</summary>
    /// <param name="now">Time since any fixed moment.</param>
    public void Begin(TimeSpan now)
    {
        lock (_lock)
        {
            Advance(now);
            _most = Math.Max(_most, ++_inProgress);
        }
    }

    /// <summary>Records that a request was answered.</summary>
    /// <param name="elapsed">The time since its arrival.</param>
    public void End(TimeSpan now, TimeSpan elapsed)
    {
        lock (_lock)
        {
            Advance(now);
            _inProgress--;
            _answered++;
            _late += elapsed > wait ? 1 : 0;
        }
    }

    private void Advance(TimeSpan now)
    {
        // Answers come in batches, so an interval without any is measured together with the next one. After a longer pause there is no
        // rate: the requests waited for something that did not work, which is no overload.
        var interval = now - _start;
        if (interval < Interval || (_answered == 0 && interval < MaxInterval))
        {
            return;
        }

        if (interval < MaxInterval)
        {
            Measure(interval);
        }
        else
        {
            (_isOverloaded, _changing) = (false, default);
        }

        (_start, _most, _answered, _late) = (now, _inProgress, 0, 0);
    }

    private void Measure(TimeSpan interval)
    {
        _rate += ((_answered / interval.TotalSeconds) - _rate) * Math.Min(1, interval / RateMemory);
        var changes = _isOverloaded ? _most < Limit * ReachedPart : _late > _answered / 2;
        _changing = changes ? _changing + interval : default;
        if (_changing >= ChangeTime)
        {
            (_isOverloaded, _changing) = (!_isOverloaded, default);
        }
    }
}
