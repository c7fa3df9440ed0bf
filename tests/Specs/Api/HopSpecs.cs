using System.Text;
using StackExchange.Redis;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>What opens the breaker before a cache, and what a report says.</summary>
public sealed class HopSpecs
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
    public async Task Only_a_cache_that_is_away_opens_its_breaker(Exception failure, bool opens)
    {
        var hop = new ResilientCache("cache", TimeSpan.FromSeconds(10));
        for (var n = 0; n < 20; n++)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => hop.ExecuteAsync<int>(_ => throw failure, TestContext.Current.CancellationToken));
        }

        Assert.Equal(opens, hop.IsOpen);
    }

    [Theory]
    [InlineData(null, "away")]
    [InlineData("{\"head\":7,\"stalled\":[]}", "up")]
    [InlineData("{\"head\":7,\"stalled\":[\"redis:All\"]}", "stalled")]
    [InlineData("{\"head\":7,\"stalled\":[],\"more\":{}}", "up")]
    [InlineData("what a newer build says", "up")]
    public void A_report_that_is_missing_is_news_too(string? report, string state) =>
        Assert.Equal(state, PipelineProgress.StateOf(report is null ? null : Encoding.UTF8.GetBytes(report)));

    [Fact]
    public void A_report_reads_as_it_was_written() =>
        Assert.Equal("stalled", PipelineProgress.StateOf(new ProjectionReport(7, ["memcached:All"]).ToBytes()));

    private static RedisServerException Reply(string error) => new(RedisErrorKind.Unknown, CommandFlags.None, error);
}
