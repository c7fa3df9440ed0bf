using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The last pushed value while no cache answers.</summary>
public sealed class PushedViewFailSafeSpecs() : PushedViewScenario(TimeSpan.FromMilliseconds(50))
{
    [Fact]
    public async Task The_last_pushed_value_is_served_while_no_cache_answers_and_never_an_older_one()
    {
        Check(100);
        await Read(inRedis: 90);
        Receive(100, 110, Changed(105));
        Pushed.Check(null, null, 0);
        while (LocalCache.FindPushed<HuntView>(Name) is not null)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal(105, await Read(() => throw new TimeoutException(), () => throw new TimeoutException()));
        Assert.Equal(105, await Read(() => throw new TimeoutException(), () => Task.FromResult(HuntAt(95))));
    }
}
