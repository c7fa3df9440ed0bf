using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The page shows a hunt and its changes.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class HuntViewTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task A_visitor_sees_the_hunt_and_its_treasures()
    {
        var goose = new NewTreasure("Golden goose", 40);
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Autumn sale", Lantern, goose));

        await Expect(huntPage.HuntName).ToHaveTextAsync("Autumn sale");
        await Expect(huntPage.Page.Locator("#hunt-status")).ToHaveTextAsync("open");
        await Expect(huntPage.Page.Locator("#hunt-time")).ToContainTextAsync("min");
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("3 of 3 left");
        await Expect(huntPage.Card(goose)).ToContainTextAsync("40 of 40 left");
        await Expect(huntPage.Card(goose).GetByRole(AriaRole.Meter)).ToHaveAttributeAsync("aria-valuenow", "40");
        await Expect(huntPage.Freshness).ToHaveTextAsync("Live");
        await Expect(huntPage.Leaderboard).ToContainTextAsync("No award yet");
    }

    [Fact]
    public async Task A_won_claim_shows_on_the_card_in_the_stock_and_on_the_leaderboard()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Won", Lantern));

        await huntPage.ClaimButton(Lantern).ClickAsync();

        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won a unit of Moonlit lantern.");
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("position 1");
        await Expect(huntPage.Announcer).ToContainTextAsync("You won");
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("2 of 3 left");
        await Expect(huntPage.MyClaims).ToContainTextAsync("won");
        await Expect(huntPage.Leaderboard).ToContainTextAsync(await huntPage.Player.InnerTextAsync());
        await Expect(huntPage.Leaderboard).ToContainTextAsync("(you)");
    }

    [Fact]
    public async Task A_treasure_that_sells_out_is_updated_live()
    {
        var last = new NewTreasure("Last lantern", 1);
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Sold out", last));
        await Expect(huntPage.Card(last)).ToContainTextAsync("1 of 1 left");

        Assert.Equal("won", await Site.Claim(last.Id, "quick"));

        await Expect(huntPage.Card(last)).ToContainTextAsync("exhausted");
        await Expect(huntPage.Card(last)).ToContainTextAsync("Sold out");
        await Expect(huntPage.ClaimButton(last)).ToBeDisabledAsync();
        await Expect(huntPage.Leaderboard).ToContainTextAsync("quick");
    }
}
