using TreasureHunt.LoadGenerator.Load;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>A closed pacer.</summary>
public static class ClosedPacerSpecs
{
    [Fact]
    public static async Task A_closed_pacer_lets_no_caller_pass()
    {
        var pacer = new Pacer();
        var waiting = pacer.WaitAsync();

        pacer.Close();

        Assert.False(await waiting);
        Assert.True(pacer.WaitAsync() is { IsCompletedSuccessfully: true, Result: false });
    }

    [Fact]
    public static async Task A_continuation_after_the_close_does_not_run_on_the_closing_thread()
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
            await pacer.WaitAsync();
            return Environment.CurrentManagedThreadId == Volatile.Read(ref closing);
        }
    }

    [Fact]
    public static void A_turn_released_before_the_close_passes()
    {
        var pacer = new Pacer();
        pacer.Release(1);

        pacer.Close();

        Assert.True(pacer.WaitAsync() is { IsCompletedSuccessfully: true, Result: true });
        Assert.True(pacer.WaitAsync() is { IsCompletedSuccessfully: true, Result: false });
    }
}
