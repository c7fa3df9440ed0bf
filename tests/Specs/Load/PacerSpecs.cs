using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

public static class PacerSpecs
{
    [Fact]
    public static void As_many_pass_as_it_was_told()
    {
        var pacer = new Pacer();
        Task<bool>[] turns = [pacer.PassAsync(), pacer.PassAsync(), pacer.PassAsync()];

        pacer.Release(2);

        Assert.Equal(2, turns.Count(turn => turn.IsCompletedSuccessfully && turn.Result));
    }

    [Fact]
    public static void Who_comes_later_has_what_nobody_waited_for()
    {
        var pacer = new Pacer();
        pacer.Release(1);

        Assert.True(pacer.PassAsync() is { IsCompletedSuccessfully: true, Result: true });
        Assert.False(pacer.PassAsync().IsCompleted);
    }

    [Fact]
    public static void Who_waits_goes_on_before_the_release_returns()
    {
        var pacer = new Pacer();
        var thread = 0;
        var passed = Through();

        pacer.Release(1);

        Assert.True(passed.IsCompletedSuccessfully);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);

        async Task Through()
        {
            await pacer.PassAsync();
            thread = Environment.CurrentManagedThreadId;
        }
    }

    [Fact]
    public static async Task Nobody_passes_when_it_is_closed()
    {
        var pacer = new Pacer();
        var waits = pacer.PassAsync();

        pacer.Close();

        Assert.False(await waits);
        Assert.True(pacer.PassAsync() is { IsCompletedSuccessfully: true, Result: false });
    }

    [Fact]
    public static async Task What_follows_the_end_does_not_run_on_the_thread_that_closes()
    {
        var pacer = new Pacer();
        var closing = 0;
        var ended = Through();

        Volatile.Write(ref closing, Environment.CurrentManagedThreadId);
        pacer.Close();
        Volatile.Write(ref closing, 0);

        Assert.False(await ended);

        async Task<bool> Through()
        {
            await pacer.PassAsync();
            return Environment.CurrentManagedThreadId == Volatile.Read(ref closing);
        }
    }

    [Fact]
    public static void Who_was_released_before_it_was_closed_passes()
    {
        var pacer = new Pacer();
        pacer.Release(1);

        pacer.Close();

        Assert.True(pacer.PassAsync() is { IsCompletedSuccessfully: true, Result: true });
        Assert.True(pacer.PassAsync() is { IsCompletedSuccessfully: true, Result: false });
    }

    [Fact]
    public static async Task None_is_lost_between_many_who_come_and_many_releases()
    {
        const int Many = 20_000;
        var pacer = new Pacer();
        var callers = Task.Run(async () =>
        {
            for (var passed = 0; passed < Many; passed++)
            {
                Assert.True(await pacer.PassAsync());
            }
        }, TestContext.Current.CancellationToken);

        for (var told = 0; told < Many; told += 2)
        {
            pacer.Release(2);
        }

        await callers;
    }
}
