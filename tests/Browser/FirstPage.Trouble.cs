using static Microsoft.Playwright.Assertions;

namespace TreasureHunt.Browser;

/// <summary>
/// What the page makes of an engine that is away, busy, or was not heard. The same class: the browser's tests take turns.
/// </summary>
public sealed partial class FirstPage
{
    [Fact]
    public async Task A_dead_engine_is_told_honestly_and_its_return_too()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Dead", _lantern));
        await Expect(visit.Freshness).ToHaveTextAsync("Live");

        await visit.Page.RouteAsync("**/v1/**", route => route.AbortAsync());
        await Expect(visit.Freshness).ToContainTextAsync("Showing what we knew");
        await Expect(visit.Freshness).ToContainTextAsync("The engine does not answer.");
        await Expect(visit.Announcer).ToContainTextAsync("The engine does not answer.");
        await Expect(visit.Card(_lantern)).ToContainTextAsync("3 of 3 left");

        await visit.Page.UnrouteAllAsync();
        await Expect(visit.Freshness).ToHaveTextAsync("Live");
    }

    [Fact]
    public async Task A_busy_engine_is_left_alone_for_as_long_as_it_asks()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Busy", _lantern));
        await Expect(visit.Freshness).ToHaveTextAsync("Live");
        var asked = 0;
        await visit.Page.RouteAsync(Hunts(), async route =>
        {
            asked++;
            await route.FulfillAsync(new()
            {
                Status = 503,
                ContentType = "application/problem+json",
                Headers = new Dictionary<string, string> { ["Retry-After"] = "30" },
                Body = """{ "type": "urn:treasure-hunt:problem:read-model-unavailable", "status": 503 }""",
            });
        });

        await Expect(visit.Freshness).ToContainTextAsync("cannot look this up right now. Asking again in 2");
        await Expect(visit.Freshness).ToContainTextAsync("Showing what we knew 5 s ago");
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_under_the_same_key()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Lost", _lantern));
        var keys = new List<string>();
        await visit.Page.RouteAsync("**/claims", async route =>
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

            await route.FetchAsync(); // The engine decides,
            await route.AbortAsync(); // and the visitor never hears of it.
        });

        await visit.ClaimButton(_lantern).ClickAsync();

        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won");
        await Expect(visit.Card(_lantern)).ToContainTextAsync("2 of 3 left");
        Assert.Equal(2, keys.Count);
        Assert.Single(keys.Distinct());
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task A_claim_that_was_on_its_way_survives_a_reload()
    {
        await using var visit = await Visit.To(_site, await _site.OpenHunt("Reload", _lantern));
        await Expect(visit.Player).ToBeVisibleAsync();
        await visit.Page.RouteAsync("**/claims", route => route.AbortAsync());
        await visit.ClaimButton(_lantern).ClickAsync();
        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("Asking again with the same key");

        await visit.Page.UnrouteAllAsync();
        await visit.Page.ReloadAsync();

        await Expect(visit.Outcome(_lantern)).ToContainTextAsync("You won");
    }
}
