using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>A visitor pastes a token.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class VisitorTokenTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task Without_visitor_tokens_the_page_accepts_a_pasted_token()
    {
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Token", Lantern),
            page => page.RouteAsync("**/v1/visitors", route => route.FulfillAsync(new() { Status = 404 })));
        var field = huntPage.Page.GetByLabel("Player token");

        await huntPage.ClaimButton(Lantern).ClickAsync();
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("enter your player token");

        await field.FillAsync("nonsense");
        await huntPage.Page.Keyboard.PressAsync("Enter");
        await Expect(huntPage.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is not a token.");

        await field.FillAsync(Site.PlayerToken("alice") + "x");
        await huntPage.Page.Keyboard.PressAsync("Enter");
        await Expect(huntPage.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not accept this token");

        await field.FillAsync(Site.PlayerToken("alice"));
        await huntPage.Page.Keyboard.PressAsync("Enter");
        await Expect(huntPage.Player).ToHaveTextAsync("alice");
        await huntPage.ClaimButton(Lantern).ClickAsync();
        await Expect(huntPage.Outcome(Lantern)).ToContainTextAsync("You won");
        await Expect(huntPage.Leaderboard).ToContainTextAsync("alice (you)");
    }
}
