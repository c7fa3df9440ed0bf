using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace TreasureHunt.Api.Visitors;

/// <summary>Limits the tokens for one address, with a token bucket for each address.</summary>
/// <remarks>
/// Addresses are hashed to a fixed number of buckets, so that memory is bounded. Two addresses with the same hash share a bucket.
/// </remarks>
public sealed class VisitorLimiter : IDisposable
{
    private const int Buckets = 65_536;

    private readonly PartitionedRateLimiter<IPAddress?> _limiter;

    public VisitorLimiter(VisitorOptions options) => _limiter = PartitionedRateLimiter.Create<IPAddress?, int>(
        address => RateLimitPartition.GetTokenBucketLimiter(
            (int)((uint)HashCode.Combine(NetworkOf(address)) % Buckets),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Burst,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.PerMinute,
            }));

    /// <returns>Null when the address may have a token, else the time until it may have one.</returns>
    public TimeSpan? Take(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>The network of one subscriber: an IPv4 address, or the first 64 bits of an IPv6 address.</summary>
    private static ulong NetworkOf(IPAddress? address) => address switch
    {
        null => 0,
        { AddressFamily: AddressFamily.InterNetworkV6 } => BinaryPrimitives.ReadUInt64BigEndian(address.GetAddressBytes()),
        _ => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()),
    };
}
