using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The circuit breaker of a cache.</summary>
public sealed class ResilientCacheSpecs
{
    public static TheoryData<Exception, bool> Failures => new()
    {
        { new MemcachedException(MemcachedFailure.TimedOut, "late"), true },
        { new MemcachedException(MemcachedFailure.Overloaded, "too much at once"), false },
        { Reply("OOM command not allowed when used memory > 'maxmemory'."), false },
        { Reply("CLUSTERDOWN Hash slot not served"), true },
        { new TimeoutException(), true },
        { new FormatException(), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Only_an_unavailable_cache_opens_its_circuit_breaker(Exception failure, bool opens)
    {
        var cache = new ResilientCache("cache", TimeSpan.FromSeconds(10));
        for (var n = 0; n < 20; n++)
        {
            await Assert.ThrowsAnyAsync<Exception>(
                () => cache.ExecuteAsync<int>(_ => throw failure, TestContext.Current.CancellationToken));
        }

        Assert.Equal(opens, cache.IsOpen);
    }

    private static RedisServerException Reply(string error) => new(RedisErrorKind.Unknown, CommandFlags.None, error);
}
