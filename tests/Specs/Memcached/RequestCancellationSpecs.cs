using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A cancelled request does not disturb the others on its connection.</summary>
public sealed class RequestCancellationSpecs
{
    [Fact]
    public async Task Cancelling_one_request_does_not_disturb_the_others()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        using var cancel = new CancellationTokenSource();
        var (cancelled, pending) = (scenario.GetCancellableAsync("given-up", cancel.Token), scenario.GetAsync("kept"));
        var (n1, n2) = (await scenario.Connection.ExpectAsync("mg given-up v c N30"), await scenario.Connection.ExpectAsync(
            "mg kept v c N30"));

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await scenario.Connection.SendValueAsync(n1, "GIVEN UP");
        await scenario.Connection.SendValueAsync(n2, "KEPT");

        Assert.Equal("KEPT", MemcachedScenario.Text(await pending));
    }

    [Fact]
    public async Task An_already_cancelled_request_is_not_sent()
    {
        await using var scenario = await MemcachedScenario.OpenAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => scenario.GetCancellableAsync("never", new CancellationToken(canceled: true)));

        var get = scenario.GetAsync("k");
        await scenario.Connection.SendValueAsync(await scenario.Connection.ExpectAsync("mg k v c N30"), "K");
        Assert.Equal("K", MemcachedScenario.Text(await get));
    }
}
