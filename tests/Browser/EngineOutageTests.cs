using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The engine is unreachable or busy.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class EngineOutageTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task An_unreachable_engine_and_its_recovery_are_shown()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Dead", Lantern));
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");

        await huntPage.Page.Context.SetOfflineAsync(true);
        await Expect(huntPage.Freshness).ToContainTextAsync("Showing the state of");
        await Expect(huntPage.Freshness).ToContainTextAsync("The server does not answer.");
        await Expect(huntPage.Announcer).ToContainTextAsync("The server does not answer.");
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("3 of 3 left");

        await huntPage.Page.Context.SetOfflineAsync(false);
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task The_page_respects_Retry_After()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Busy", Lantern), RefuseStream);
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        var requests = 0;
        await huntPage.Page.RouteAsync(Hunts(), async route =>
        {
            requests++;
            await route.FulfillAsync(new()
            {
                Status = 503,
                ContentType = "application/problem+json",
                Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
                Body = """{ "type": "urn:treasure-hunt:problem:read-model-unavailable", "status": 503 }""",
            });
        });

        await Expect(huntPage.Freshness).ToContainTextAsync("cannot read this at the moment. Trying again in 2");
        await Expect(huntPage.Freshness).ToContainTextAsync("Showing the state of 5 s ago");
        Assert.Equal(1, requests);
    }
}
