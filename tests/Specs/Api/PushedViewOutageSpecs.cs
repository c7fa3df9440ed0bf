using TreasureHunt.Api.Caching;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Views whose changes are no longer pushed, and readers that require fresher ones.</summary>
public sealed class PushedViewOutageSpecs : PushedViewScenario
{
    [Fact]
    public async Task Without_Redis_a_view_is_read_from_Memcached_and_not_followed()
    {
        Check(100);
        Assert.Equal(95, await Read(() => throw new TimeoutException(), () => Task.FromResult(HuntAt(95))));
        Receive(100, 110, Changed(105));

        Assert.Null(LocalCache.FindPushed<HuntView>(Name));
    }

    [Fact]
    public async Task Redis_may_be_behind_a_value_that_Memcached_had()
    {
        Assert.Equal(95, await Read(() => throw new TimeoutException(), () => Task.FromResult(HuntAt(95))));
        Check(90);
        LocalCache.RequireFresherThanNow();

        Assert.Equal(95, await Read(inRedis: 90));
        Assert.Equal(95, LocalCache.FindPushed<HuntView>(Name)?.Sequence);
    }

    [Fact]
    public async Task A_reader_from_another_host_gets_no_value_that_was_checked_before_its_arrival()
    {
        Check(100);
        await Read(inRedis: 90);
        Check(100);

        LocalCache.RequireFresherThanNow();
        Assert.Equal(105, await Read(inRedis: 105));
        LocalCache.RequireFresherThanNow();
        Check(100);
        Assert.Equal(105, await Read(inRedis: 110));
        LocalCache.RequireFresherThanNow();
        await Assert.ThrowsAsync<TimeoutException>(() => Read(() => throw new TimeoutException(), () => throw new TimeoutException()));
    }

    [Fact]
    public async Task A_state_that_could_not_be_written_is_not_hidden_by_an_older_one()
    {
        Check(100);
        await Read(inRedis: 90);
        Receive(100, 110, (Name, VersionedValue.NotWritable(105)));
        Check(110);

        Assert.Null(LocalCache.FindPushed<HuntView>(Name));
    }
}
