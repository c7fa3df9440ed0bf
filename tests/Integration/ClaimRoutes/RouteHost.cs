using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimRoutes;

/// <summary>Tests with an Api of their own, so that they know which of its claims took the fast route.</summary>
public abstract class RouteHost(SharedEngine engine) : EngineTests(engine)
{
    protected string HostName { get; } = $"api-{Ids.FreshSlug()}";

    protected ApiCaller Alice { get; private set; } = null!;

    /// <summary>A treasure whose only unit alice has won with the key <c>won</c> and the proof <c>oak</c>.</summary>
    protected string Exhausted { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Engine.StartHost(HostName, ("Visitors__Enabled", "false"));
        Alice = Engine.Player($"alice-{Ids.FreshSlug()}", HostName);
        await Alice.ValidateToken();
        Exhausted = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), proof: "oak");
        var won = await Alice.At("api-1").Claim(Exhausted, "won", "oak");
        Assert.Equal(Outcomes.Won, won.Outcome);
        await Alice.At("api-1").WaitForOutcome(won.ClaimId);
        await Poll.Until(
            "the Api shows that all units are taken",
            async () => (await Alice.Get($"/v1/treasures/{Exhausted}")) is { Problem: "200" } treasure
                && treasure.TextOf("status") == "exhausted");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Engine.Host(HostName).Kill();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until the host has counted exactly these claims on its fast route.</summary>
    protected async Task AssertFastClaims(int expected)
    {
        await Poll.Until("the claims on the fast route are counted", async () => await Engine.FastClaims(HostName) >= expected);
        Assert.Equal(expected, await Engine.FastClaims(HostName));
    }
}
