using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>The page shows why a claim is refused.</summary>
[Collection(nameof(BrowserGroup))]
public sealed class RefusedClaimTests(RunningSite site) : HuntPageTests(site)
{
    [Fact]
    public async Task A_claim_for_an_exhausted_treasure_shows_the_reason()
    {
        var last = new NewTreasure("Last lantern", 1);
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Too late", last), RefuseStream);
        await Expect(huntPage.Card(last)).ToContainTextAsync("1 of 1 left");
        // The page does not get the update.
        await huntPage.Page.RouteAsync(Hunts(), route => route.AbortAsync());

        Assert.Equal("won", await Site.Claim(last.Id, "quick"));
        await huntPage.ClaimButton(last).ClickAsync();

        await Expect(huntPage.Outcome(last)).ToContainTextAsync("the stock is exhausted");
    }

    [Fact]
    public async Task A_wrong_proof_shows_a_message_and_the_right_one_wins()
    {
        var box = new NewTreasure("Cedar box", 2, "SESAME", "Where the river bends");
        await using var huntPage = await HuntPage.To(Site, await Site.OpenHunt("Proof", box));

        // The page asks for the proof before it claims.
        await huntPage.ClaimButton(box).ClickAsync();
        await Expect(huntPage.Proof(box)).ToBeFocusedAsync();
        await Expect(huntPage.Outcome(box)).ToBeHiddenAsync();

        await huntPage.Page.Keyboard.TypeAsync("MISTAKE");
        await huntPage.Page.Keyboard.PressAsync("Enter");
        await Expect(huntPage.Outcome(box)).ToContainTextAsync("The proof is wrong.");
        await Expect(huntPage.Card(box)).ToContainTextAsync("2 of 2 left");

        await huntPage.Proof(box).FillAsync("SESAME");
        await huntPage.Page.Keyboard.PressAsync("Enter");
        await Expect(huntPage.Outcome(box)).ToContainTextAsync("You won a unit of Cedar box.");
        await Expect(huntPage.MyClaims.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
    }
}
