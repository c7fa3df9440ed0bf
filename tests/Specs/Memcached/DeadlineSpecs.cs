using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A caller may give up; its reply is still taken off the stream, and nobody else gets it.</summary>
public sealed class DeadlineSpecs
{
    private static readonly TimeSpan Timeout = new MemcachedOptions().Timeout;
    private static readonly TimeSpan DeadAfter = new MemcachedOptions().DeadAfter;

    [Fact]
    public async Task One_late_reply_does_not_disturb_the_others()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var late = scene.GetAsync("late");
        var lateNumber = await scene.Wire.ExpectAsync("mg late v c N30");
        scene.Time.Advance(Timeout);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(late));

        var next = scene.GetAsync("next");
        var nextNumber = await scene.Wire.ExpectAsync("mg next v c N30");
        await scene.Wire.SayValueAsync(lateNumber, "LATE");
        await scene.Wire.SayValueAsync(nextNumber, "NEXT");

        Assert.Equal("NEXT", MemcachedScenario.Text(await next));
    }

    [Fact]
    public async Task Each_caller_waits_its_own_time()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var first = scene.GetAsync("first");
        scene.Time.Advance(Timeout * 0.6);
        var second = scene.GetAsync("second");

        scene.Time.Advance(Timeout * 0.4);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(first));
        Assert.False(second.IsCompleted);

        scene.Time.Advance(Timeout * 0.6);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(second));

        var third = scene.GetAsync("third"); // Nobody else waits any more: its own deadline must be set anew.
        scene.Time.Advance(Timeout);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(third));
    }

    [Fact]
    public async Task Cancelling_one_caller_does_not_disturb_the_others()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        using var cancel = new CancellationTokenSource();
        var (given, kept) = (scene.GetCancellableAsync("given-up", cancel.Token), scene.GetAsync("kept"));
        var (n1, n2) = (await scene.Wire.ExpectAsync("mg given-up v c N30"), await scene.Wire.ExpectAsync("mg kept v c N30"));

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await scene.Wire.SayValueAsync(n1, "GIVEN UP");
        await scene.Wire.SayValueAsync(n2, "KEPT");

        Assert.Equal("KEPT", MemcachedScenario.Text(await kept));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_already_sends_nothing()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => scene.GetCancellableAsync("never", new CancellationToken(canceled: true)));

        var get = scene.GetAsync("k");
        await scene.Wire.SayValueAsync(await scene.Wire.ExpectAsync("mg k v c N30"), "K");
        Assert.Equal("K", MemcachedScenario.Text(await get));
    }

    [Fact]
    public async Task Too_many_unanswered_requests_fail_at_once_and_the_stream_stays_in_order()
    {
        await using var scene = await MemcachedScenario.OpenAsync(options => options.MaxPending = 2);
        var (first, second) = (scene.GetAsync("one"), scene.GetAsync("two"));

        Assert.Equal(MemcachedFailure.Overloaded, await MemcachedScenario.FailureOf(scene.GetAsync("three")));

        await scene.Wire.SayValueAsync(await scene.Wire.ExpectAsync("mg one v c N30"), "1");
        await scene.Wire.SayValueAsync(await scene.Wire.ExpectAsync("mg two v c N30"), "2");
        Assert.Equal(("1", "2"), (MemcachedScenario.Text(await first), MemcachedScenario.Text(await second)));
    }

    [Fact]
    public async Task A_server_that_takes_nothing_is_not_fed_without_end()
    {
        await using var scene = await MemcachedScenario.OpenAsync(options => options.MaxUnsentBytes = 1 << 20);
        var value = new string('x', 1_000_000);

        var sets = Enumerable.Range(0, 100).Select(n => scene.SetAsync($"k{n}", value)).ToArray();
        Assert.Equal(MemcachedFailure.Overloaded, await MemcachedScenario.FailureOf(sets[^1]));

        scene.Time.Advance(Timeout);
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(sets[0]));
    }

    [Fact]
    public async Task A_connection_that_owes_a_reply_for_too_long_is_made_anew()
    {
        await using var scene = await MemcachedScenario.OpenAsync();
        var frozen = scene.GetAsync("frozen");
        await scene.Wire.ExpectAsync("mg frozen v c N30");

        scene.Time.Advance(DeadAfter - TimeSpan.FromMilliseconds(1));
        Assert.Equal(MemcachedFailure.TimedOut, await MemcachedScenario.FailureOf(frozen));
        var waiting = scene.GetAsync("waiting");
        await scene.Wire.ExpectAsync("mg waiting v c N30");
        scene.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(MemcachedFailure.Disconnected, await MemcachedScenario.FailureOf(waiting));
        Assert.True(await scene.Wire.IsClosedByClientAsync());
        await scene.ReconnectAsync();
        Assert.True(await AnswersAsync(scene));
    }

    private static async Task<bool> AnswersAsync(MemcachedScenario scene)
    {
        var alive = scene.Client.IsAliveAsync(TestContext.Current.CancellationToken);
        Assert.Equal("mn", await scene.Wire.ReadLineAsync());
        await scene.Wire.SayAsync("MN\r\n");
        return await alive;
    }
}
