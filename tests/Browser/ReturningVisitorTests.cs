using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>A visitor returns to the page.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class ReturningVisitorTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task A_returning_visitor_still_holds_the_award()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Come back", Lantern));
        await huntPage.ClaimButton(Lantern).ClickAsync();
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won");
        var player = await huntPage.Player.InnerTextAsync();

        await huntPage.Page.ReloadAsync();

        await Expect(huntPage.Player).ToHaveTextAsync(player);
        await Expect(huntPage.MyClaims).ToContainTextAsync("Moonlit lantern");
        await huntPage.ClaimButton(Lantern).ClickAsync();
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You already hold an award of this treasure.");
    }

    [Fact]
    public async Task Claims_loaded_before_the_hunt_get_their_treasure_names_later()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Names", Lantern), RefuseStream);
        await huntPage.ClaimButton(Lantern).ClickAsync();
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won");
        var claimsAreShown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await huntPage.Page.RouteAsync(Hunts(), async route =>
        {
            await claimsAreShown.Task;
            await route.ContinueAsync();
        });

        await huntPage.Page.ReloadAsync();
        await Expect(huntPage.MyClaims).ToContainTextAsync("won");
        claimsAreShown.SetResult();

        await Expect(huntPage.MyClaims).ToContainTextAsync("Moonlit lantern");
    }
}
