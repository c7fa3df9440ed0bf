using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TreasureHunt.Contracts;
using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

public sealed partial class FirstPage
{
    private readonly RunningSite _site;
    private readonly NewTreasure _lantern = new("Moonlit lantern", 3);

    public FirstPage(RunningSite site)
    {
        _site = site;
        _site.MustBeUp();
    }

    [Fact]
    public async Task A_visitor_sees_the_hunt_and_its_treasures()
    {
        var goose = new NewTreasure("Golden goose", 40);
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Autumn sale", _lantern, goose));

        await Expect(visit.HuntName).ToHaveTextAsync("Autumn sale");
        await Expect(visit.Page.Locator("#hunt-status")).ToHaveTextAsync("open");
        await Expect(visit.Page.Locator("#hunt-time")).ToContainTextAsync("min");
        await Expect(visit.Card(_lantern)).ToContainTextAsync("3 of 3 left");
        await Expect(visit.Card(goose)).ToContainTextAsync("40 of 40 left");
        await Expect(visit.Card(goose).GetByRole(AriaRole.Meter)).ToHaveAttributeAsync("aria-valuenow", "40");
        await Expect(visit.Freshness).ToHaveTextAsync("Live");
        await Expect(visit.Leaderboard).ToContainTextAsync("No award yet");
    }

    [Fact]
    public async Task A_won_claim_shows_on_the_card_in_the_stock_and_on_the_leaderboard()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Won", _lantern));

        await visit.ClaimButton(_lantern).ClickAsync();

        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won a unit of Moonlit lantern.");
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("position 1");
        await Expect(visit.Announcer).ToContainTextAsync("You won");
        await Expect(visit.Card(_lantern)).ToContainTextAsync("2 of 3 left");
        await Expect(visit.MyClaims).ToContainTextAsync("won");
        await Expect(visit.Leaderboard).ToContainTextAsync(await visit.Player.InnerTextAsync());
        await Expect(visit.Leaderboard).ToContainTextAsync("(you)");
    }

    [Fact]
    public async Task The_same_visitor_comes_back_and_still_holds_the_award()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Come back", _lantern));
        await visit.ClaimButton(_lantern).ClickAsync();
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won");
        var player = await visit.Player.InnerTextAsync();

        await visit.Page.ReloadAsync();

        await Expect(visit.Player).ToHaveTextAsync(player);
        await Expect(visit.MyClaims).ToContainTextAsync("Moonlit lantern");
        await visit.ClaimButton(_lantern).ClickAsync();
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You already hold an award of this treasure.");
    }

    [Fact]
    public async Task Claims_that_come_before_the_hunt_get_their_names_with_it()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Names", _lantern));
        await visit.ClaimButton(_lantern).ClickAsync();
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won");
        var claimsAreShown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync(Hunts(), async route =>
        {
            await claimsAreShown.Task;
            await route.ContinueAsync();
        });

        await visit.Page.ReloadAsync();
        await Expect(visit.MyClaims).ToContainTextAsync("won");
        claimsAreShown.SetResult();

        await Expect(visit.MyClaims).ToContainTextAsync("Moonlit lantern");
    }

    [Fact]
    public async Task A_treasure_sells_out_before_the_visitors_eyes()
    {
        var last = new NewTreasure("Last lantern", 1);
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Sold out", last));
        await Expect(visit.Card(last)).ToContainTextAsync("1 of 1 left");

        Assert.Equal("won", await _site.Claim(last.Id, "quick"));

        await Expect(visit.Card(last)).ToContainTextAsync("exhausted");
        await Expect(visit.Card(last)).ToContainTextAsync("Sold out");
        await Expect(visit.ClaimButton(last)).ToBeDisabledAsync();
        await Expect(visit.Leaderboard).ToContainTextAsync("quick");
    }

    [Fact]
    public async Task A_claim_that_comes_too_late_is_told_so()
    {
        var last = new NewTreasure("Last lantern", 1);
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Too late", last));
        await Expect(visit.Card(last)).ToContainTextAsync("1 of 1 left");
        // The page does not hear of it in time.
        await visit.Page.RouteAsync(Hunts(), route => route.AbortAsync());

        Assert.Equal("won", await _site.Claim(last.Id, "quick"));
        await visit.ClaimButton(last).ClickAsync();

        await Expect(visit.Outcome(last)).ToContainTextAsync("the stock is exhausted");
    }

    [Fact]
    public async Task A_wrong_proof_is_told_in_plain_words_and_the_right_one_wins()
    {
        var box = new NewTreasure("Cedar box", 2, "SESAME", "Where the river bends");
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Proof", box));

        // Asked for before anything is claimed.
        await visit.ClaimButton(box).ClickAsync();
        await Expect(visit.Proof(box)).ToBeFocusedAsync();
        await Expect(visit.Outcome(box)).ToBeHiddenAsync();

        await visit.Page.Keyboard.TypeAsync("MISTAKE");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Outcome(box)).ToContainTextAsync("The proof is wrong.");
        await Expect(visit.Card(box)).ToContainTextAsync("2 of 2 left");

        await visit.Proof(box).FillAsync("SESAME");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Outcome(box)).ToContainTextAsync("You won a unit of Cedar box.");
        await Expect(visit.MyClaims.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Clues_come_on_demand_and_names_are_text_never_markup()
    {
        const string markup = "<img src=x onerror=alert(1)><b>Bold</b>";
        var box = new NewTreasure(markup, 2, null, "Where the river bends", markup);
        await using var visit = await Visit.To(_site, await _site.OpenHunt(markup, box));
        await Expect(visit.HuntName).ToHaveTextAsync(markup);
        await Expect(visit.Card(box)).Not.ToContainTextAsync("Where the river bends");

        await visit.CluesButton(box).ClickAsync();

        await Expect(visit.CluesButton(box)).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(visit.Card(box)).ToContainTextAsync("Where the river bends");
        await Expect(visit.Card(box)).ToContainTextAsync(markup);
        await Expect(visit.Card(box).Locator("b, img")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Without_visitors_of_its_own_the_page_takes_a_token_by_hand()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Token", _lantern),
            page => page.RouteAsync("**/v1/visitors", route => route.FulfillAsync(new() { Status = 404 })));
        var field = visit.Page.GetByLabel("Player token");

        await visit.ClaimButton(_lantern).ClickAsync();
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("give your player token");

        await field.FillAsync("nonsense");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not look like a token");

        await field.FillAsync(_site.PlayerToken("alice") + "x");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("does not accept this token");

        await field.FillAsync(_site.PlayerToken("alice"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Player).ToHaveTextAsync("alice");
        await visit.ClaimButton(_lantern).ClickAsync();
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won");
        await Expect(visit.Leaderboard).ToContainTextAsync("alice (you)");
    }

    [Fact]
    public async Task An_announced_hunt_counts_down_without_its_treasures_and_shows_them_as_it_opens()
    {
        var huntId = await _site.ScheduledHunt("Soon", announced: true, _lantern);
        await using var visit = await Visit.To(_site, huntId);

        await Expect(visit.HuntName).ToHaveTextAsync("Soon");
        await Expect(visit.Page.Locator("#hunt-status")).ToHaveTextAsync("scheduled");
        await Expect(visit.Page.Locator("#hunt-time")).ToContainTextAsync("Opens in");
        await Expect(visit.Page.Locator("#nothing")).ToHaveTextAsync("The treasures appear here when the hunt opens.");
        await Expect(visit.Cards).ToHaveCountAsync(0);

        await _site.Open(huntId);

        await Expect(visit.ClaimButton(_lantern)).ToBeEnabledAsync();
        await Expect(visit.Page.Locator("#hunt-status")).ToHaveTextAsync("open");
    }

    [Fact]
    public async Task A_hunt_that_is_not_announced_is_not_found_until_it_opens()
    {
        var huntId = await _site.ScheduledHunt("Secret", announced: false, _lantern);
        await using var visit = await Visit.To(_site, huntId);

        await Expect(visit.HuntName).ToHaveTextAsync("No such hunt");
        await Expect(visit.Page.Locator("body")).Not.ToContainTextAsync("Secret");

        await _site.Open(huntId);

        await Expect(visit.HuntName).ToHaveTextAsync("Secret");
        await Expect(visit.Card(_lantern)).ToContainTextAsync("3 of 3 left");
    }

    [Fact]
    public async Task A_pause_shows_and_nothing_can_be_claimed()
    {
        var huntId = await _site.OpenHunt("Pause", _lantern);
        await using var visit = await Visit.To(_site, huntId);
        await Expect(visit.ClaimButton(_lantern)).ToBeEnabledAsync();

        await _site.Pause(huntId);

        await Expect(visit.Page.Locator("#hunt-status")).ToHaveTextAsync("paused");
        await Expect(visit.ClaimButton(_lantern)).ToBeDisabledAsync();
    }

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
        await using var visit =
            await Visit.To(
                _site, huntId,
                page => page.RouteAsync(Hunts(), route => route.FulfillAsync(new() { ContentType = "application/json", Body = hunt })));

        await Expect(visit.Page.Locator("#treasure-count")).ToContainTextAsync("of 5,000 available");
        await Expect(visit.Cards).ToHaveCountAsync(60);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show 60 more" }).ClickAsync();
        await Expect(visit.Cards).ToHaveCountAsync(120);
        await visit.Page.GetByLabel("Find a treasure by name").FillAsync("4999");
        await Expect(visit.Cards).ToHaveCountAsync(1);
        await Expect(visit.Cards).ToContainTextAsync("Treasure 4999");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Keyboard", _lantern));
        await Expect(visit.ClaimButton(_lantern)).ToBeEnabledAsync();
        await Expect(visit.Player).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the treasures" })).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.Keyboard.PressAsync("Tab");
        await Expect(visit.ClaimButton(_lantern)).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won");
        await Expect(visit.ClaimButton(_lantern)).ToBeFocusedAsync();
    }

    /// <summary>The hunt itself, not its leaderboard.</summary>
    [GeneratedRegex("/v1/hunts/[^/]+$")]
    private static partial Regex Hunts();
}
