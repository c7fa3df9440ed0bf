using System.Text.Json;
using Microsoft.Playwright;
using TreasureHunt.Contracts;
using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>Large hunts, and the keyboard.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class PageUsabilityTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task Five_thousand_treasures_do_not_hang_the_page()
    {
        var huntId = Ids.FreshSlug();
        var hunt = JsonSerializer.Serialize(new
        {
            huntId,
            name = "Very many",
            status = "open",
            opensAt = "2026-01-01T00:00:00Z",
            closesAt = "2126-01-01T00:00:00Z",
            treasures = Enumerable.Range(1, 5000).Select(
                n => new { treasureId = $"t-{n}", name = $"Treasure {n}", status = "available", stock = 5, remaining = 5 }),
        });
        await using var huntPage =
            await HuntPage.To(
                Site, huntId,
                page => page.RouteAsync(Hunts(), route => route.FulfillAsync(new() { ContentType = "application/json", Body = hunt })));

        await Expect(huntPage.Page.Locator("#treasure-count")).ToContainTextAsync("of 5,000 available");
        await Expect(huntPage.Cards).ToHaveCountAsync(60);
        await huntPage.Page.GetByRole(AriaRole.Button, new() { Name = "Show 60 more" }).ClickAsync();
        await Expect(huntPage.Cards).ToHaveCountAsync(120);
        await huntPage.Page.GetByLabel("Find a treasure by name").FillAsync("4999");
        await Expect(huntPage.Cards).ToHaveCountAsync(1);
        await Expect(huntPage.Cards).ToContainTextAsync("Treasure 4999");
    }

    [Fact]
    public async Task The_page_is_usable_with_the_keyboard_alone()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Keyboard", Lantern));
        await Expect(huntPage.ClaimButton(Lantern)).ToBeEnabledAsync();
        await Expect(huntPage.Player).ToBeVisibleAsync();

        await huntPage.Page.Keyboard.PressAsync("Tab");
        await Expect(huntPage.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the treasures" })).ToBeFocusedAsync();
        await huntPage.Page.Keyboard.PressAsync("Enter");
        await huntPage.Page.Keyboard.PressAsync("Tab");
        await Expect(huntPage.ClaimButton(Lantern)).ToBeFocusedAsync();
        await huntPage.Page.Keyboard.PressAsync("Enter");

        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won");
        await Expect(huntPage.ClaimButton(Lantern)).ToBeFocusedAsync();
    }
}
