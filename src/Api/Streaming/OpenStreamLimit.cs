using System.Diagnostics.Metrics;
using System.Threading.RateLimiting;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Streaming;

/// <summary>Limits the open streams of this process to <see cref="StreamOptions.Max"/>, and counts them.</summary>
public sealed class OpenStreamLimit(StreamOptions options) : IDisposable
{
    private static readonly UpDownCounter<int> OpenStreams = HuntTelemetry.Meter.CreateUpDownCounter<int>(
        "treasurehunt_streams", description: "Open event streams");

    private static readonly Counter<int> DroppedStreams = HuntTelemetry.Meter.CreateCounter<int>(
        "treasurehunt_streams_dropped", description: "Event streams ended because their client was too slow");

    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions { PermitLimit = options.Max, QueueLimit = 0 });

    /// <summary>Returns the permit for one stream; null when the limit is reached.</summary>
    public StreamPermit? TryAcquire()
    {
        var lease = _limiter.AttemptAcquire();
        if (!lease.IsAcquired)
        {
            lease.Dispose();
            return null;
        }

        OpenStreams.Add(1);
        return new StreamPermit(lease);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>The permit for one stream.</summary>
    public sealed class StreamPermit(RateLimitLease lease)
    {
        /// <summary>Returns the permit when the stream has ended. Call it once.</summary>
        /// <param name="isDropped">Whether the stream ended because its client was too slow.</param>
        public void Release(bool isDropped)
        {
            lease.Dispose();
            OpenStreams.Add(-1);
            DroppedStreams.Add(isDropped ? 1 : 0);
        }
    }
}
