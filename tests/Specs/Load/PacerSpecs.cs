using TreasureHunt.LoadGenerator.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

public static class PacerSpecs
{
    [Fact]
    public static void Each_released_turn_lets_one_caller_pass()
    {
        var pacer = new Pacer();
        Task<bool>[] turns = [pacer.WaitAsync(), pacer.WaitAsync(), pacer.WaitAsync()];

        pacer.Release(2);

        Assert.Equal(2, turns.Count(turn => turn.IsCompletedSuccessfully && turn.Result));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 2)]
    public static void The_caller_that_waited_longest_or_shortest_is_next(bool takesTurns, int next)
    {
        var pacer = new Pacer(takesTurns);
        Task<bool>[] turns = [pacer.WaitAsync(), pacer.WaitAsync(), pacer.WaitAsync()];

        pacer.Release(1);

        Assert.True(turns[next].IsCompletedSuccessfully);
    }

    [Fact]
    public static void An_unused_turn_is_kept_for_the_next_caller()
    {
        var pacer = new Pacer();
        pacer.Release(1);

        Assert.True(pacer.WaitAsync() is { IsCompletedSuccessfully: true, Result: true });
        Assert.False(pacer.WaitAsync().IsCompleted);
    }

    [Fact]
    public static void A_waiting_caller_continues_before_the_release_returns()
    {
        var pacer = new Pacer();
        var thread = 0;
        var passed = Through();

        pacer.Release(1);

        Assert.True(passed.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);

        async Task Through()
        {
            await pacer.WaitAsync();
            thread = Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public static async Task No_turn_is_lost_between_concurrent_callers_and_releases()
    {
        const int Many = 20_000;
        var pacer = new Pacer();
        var callers = Task.Run(async () =>
        {
            for (var passed = 0; passed < Many; passed++)
            {
                Assert.True(await pacer.WaitAsync());
            }
        }, TestContext.Current.CancellationToken);

        for (var released = 0; released < Many; released += 2)
        {
            pacer.Release(2);
        }

        await callers;
    }
}
