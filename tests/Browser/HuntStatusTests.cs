using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The page shows scheduled and paused hunts.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class HuntStatusTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task An_announced_hunt_counts_down_without_its_treasures_and_shows_them_as_it_opens()
    {
        var huntId = await Site.ScheduledHunt("Soon", announced: true, Lantern);
        await using var huntPage = await HuntPage.To(Site, huntId);

        await Expect(huntPage.HuntName).ToHaveTextAsync("Soon");
        await Expect(huntPage.Page.Locator("#hunt-status")).ToHaveTextAsync("scheduled");
        await Expect(huntPage.Page.Locator("#hunt-time")).ToContainTextAsync("Opens in");
        await Expect(huntPage.Page.Locator("#nothing")).ToHaveTextAsync("The treasures appear here when the hunt opens.");
        await Expect(huntPage.Cards).ToHaveCountAsync(0);

        await Site.Open(huntId);

        await Expect(huntPage.ClaimButton(Lantern)).ToBeEnabledAsync();
        await Expect(huntPage.Page.Locator("#hunt-status")).ToHaveTextAsync("open");
    }

    [Fact]
    public async Task A_hunt_that_is_not_announced_is_not_found_until_it_opens()
    {
        var huntId = await Site.ScheduledHunt("Secret", announced: false, Lantern);
        await using var huntPage = await HuntPage.To(Site, huntId);

        await Expect(huntPage.HuntName).ToHaveTextAsync("No such hunt");
        await Expect(huntPage.Page.Locator("body")).Not.ToContainTextAsync("Secret");

        await Site.Open(huntId);

        await Expect(huntPage.HuntName).ToHaveTextAsync("Secret");
        await Expect(huntPage.Card(Lantern)).ToContainTextAsync("3 of 3 left");
    }

    [Fact]
    public async Task A_paused_hunt_shows_its_status_and_disables_claims()
    {
        var huntId = await Site.OpenHunt("Pause", Lantern);
        await using var huntPage = await HuntPage.To(Site, huntId);
        await Expect(huntPage.ClaimButton(Lantern)).ToBeEnabledAsync();

        await Site.Pause(huntId);

        await Expect(huntPage.Page.Locator("#hunt-status")).ToHaveTextAsync("paused");
        await Expect(huntPage.ClaimButton(Lantern)).ToBeDisabledAsync();
    }
}
