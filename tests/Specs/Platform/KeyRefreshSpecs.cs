using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>A host without keys tries to load them every second. It is not ready until it has loaded them.</summary>
public sealed class KeyRefreshSpecs
{
    [Fact]
    public async Task A_host_is_not_ready_until_its_keys_have_been_loaded_once()
    {
        var (time, issuer) = (new ManualTime(), new Issuer());
        var options = new AuthOptions();
        options.Players.JwksUrl = "https://id.example/keys";
        using var sets = new KeySets(options, time, NullLogger<KeySets>.Instance, issuer);
        using var refresh = new KeyRefresh(sets, options, time);
        await refresh.StartAsync(CancellationToken.None);
        await time.WaitForTimerAsync();
        Assert.Equal((HealthStatus.Unhealthy, "no keys are loaded for treasure-hunt-player"), await Health());

        issuer.Jwks = TokenSigner.Jwks(new TokenSigner("treasure-hunt-players"));
        await time.AdvanceUntilAsync(issuer.Answered.Task);
        while (!sets.Find(Audiences.Player)!.IsLoaded)
        {
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HealthStatus.Healthy, (await Health()).Status);
        await refresh.StopAsync(CancellationToken.None);

        async Task<(HealthStatus Status, string? Description)> Health()
        {
            var result = await refresh.CheckHealthAsync(new HealthCheckContext());
            return (result.Status, result.Description);
        }
    }

    private sealed class Issuer : HttpMessageHandler
    {
        public string? Jwks { get; set; }

        public TaskCompletionSource<bool> Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (Jwks is null)
            {
                return Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
            }

            Answered.TrySetResult(true);
            return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Jwks) });
        }
    }
}
