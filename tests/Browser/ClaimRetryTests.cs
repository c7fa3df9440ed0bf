using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The page retries claims without a response.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class ClaimRetryTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task A_lost_response_is_retried_with_the_same_key()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Lost", Lantern));
        var keys = new List<string>();
        await huntPage.Page.RouteAsync("**/claims", async route =>
        {
            if (route.Request.Method != "POST")
            {
                await route.ContinueAsync();
                return;
            }

            keys.Add(route.Request.Headers["idempotency-key"]);
            if (keys.Count > 1)
            {
                await route.ContinueAsync();
                return;
            }

            await route.FetchAsync(); // The engine decides the claim,
            await route.AbortAsync(); // and the page gets no response.
        });

        await huntPage.ClaimButton(Lantern).ClickAsync();

        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won");
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("2 of 3 left");
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        Assert.Equal(0, await huntPage.Page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task A_pending_claim_survives_a_reload()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Reload", Lantern));
        await Expect(huntPage.Player).ToBeVisibleAsync();
        await huntPage.Page.RouteAsync("**/claims", route => route.AbortAsync());
        await huntPage.ClaimButton(Lantern).ClickAsync();
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("Sending it again with the same key");

        await huntPage.Page.UnrouteAllAsync();
        await huntPage.Page.ReloadAsync();

        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won");
    }
}
