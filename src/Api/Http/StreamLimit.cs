using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Http;

/// <summary>Limits the open streams of one kind in this process, and counts them.</summary>
/// <param name="max">How many may be open.</param>
/// <param name="counter">The name of the metric of open streams.</param>
public abstract class StreamLimit(int max, string counter, string description) : IDisposable
{
    private readonly UpDownCounter<int> _open = HuntTelemetry.Meter.CreateUpDownCounter<int>(counter, description: description);
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = max, QueueLimit = 0 });

    /// <summary>Returns the permit for one stream, to be disposed when the stream has ended; null when the limit is reached.</summary>
    public IDisposable? TryAcquire()
    {
        var lease = _limiter.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            lease.Dispose();
            return null;
        }

        _open.Add(1);
        return new Permit(lease, _open);
    }

    public void Dispose()
    {
        _limiter.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class Permit(RateLimitLease lease, UpDownCounter<int> open) : IDisposable
    {
        public void Dispose()
        {
            lease.Dispose();
            open.Add(-1);
        }
    }
}
