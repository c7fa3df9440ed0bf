using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace TreasureHunt.Api.Visitors;

/// <summary>Limits how many tokens one address is given: a token bucket for each.</summary>
/// <remarks>
/// Addresses are spread over a fixed number of buckets, so that any number of them takes bounded memory; two that meet in one share it.
/// </remarks>
public sealed class VisitorLimiter : IDisposable
{
    private const int Buckets = 65_536;

    private readonly PartitionedRateLimiter<IPAddress?> _limiter;

    public VisitorLimiter(
        VisitorOptions options) => _limiter = PartitionedRateLimiter.Create<IPAddress?, int>(
            address => RateLimitPartition.GetTokenBucketLimiter(
        (int)((uint)HashCode.Combine(Network(address)) % Buckets),
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = options.Burst,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromMinutes(1) / options.PerMinute,
        }));

    /// <returns>Null when the address may have a token, else how long until it may.</returns>
    public TimeSpan? TryTake(IPAddress? address)
    {
        using var lease = _limiter.AttemptAcquire(address);
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _limiter.Dispose();

    /// <summary>What one subscriber usually has: an IPv4 address, or the first 64 bits of an IPv6 address.</summary>
    private static ulong Network(IPAddress? address) => address switch
    {
        null => 0,
        { AddressFamily: AddressFamily.InterNetworkV6 } =>
            System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(address.GetAddressBytes()),
        _ => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()),
    };
}
