using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>What readers see, and what every answer says about itself.</summary>
public sealed class ReadingTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task Every_read_says_what_it_is_true_for_how_old_it_is_and_has_an_ETag()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        var alice = Engine.Player("alice");
        var claim = await alice.Wins(treasureId, "key");
        await alice.Outcome(claim.ClaimId);
        await Admin.SeesTreasure(treasureId, treasure => treasure.Number("awarded") == 1);
        await Engine.CleanAudit(huntId);

        foreach (var path in (string[])
            ["/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/treasures/{treasureId}", $"/v1/claims/{claim.ClaimId}", "/v1/players/me/claims?top=1"])
        {
            var (answer, again) = await Settled(alice, path);
            Assert.Equal("200", answer.Problem);
            Assert.InRange(Number(answer, "Hunt-Sequence"), 1, long.MaxValue);
            Assert.InRange(Number(answer, "Hunt-Age-Ms"), 0, 60_000);
            Assert.Matches("^\"[^\"]+\"$", answer.Headers["ETag"]);
            Assert.Equal(("304", "", answer.Headers["ETag"]), (again.Problem, again.Text, again.Headers["ETag"]));
            Assert.Equal("200", (await alice.Get(path, ("If-None-Match", "\"another\""))).Problem);
            Assert.Contains(answer.Headers["Hunt-Status"], (string[])["normal", "degraded"]);
            var mine = path.Contains("claims", StringComparison.Ordinal);
            Assert.Equal(
                mine ? ["no-cache", "private"] : (string[])["max-age=0", "public", "s-maxage=1", "stale-if-error=60"],
                answer.Headers["Cache-Control"].Split(", ").Order());
            Assert.Equal("Authorization", answer.Headers["Vary"]);

            // Seen at another Api, which knows more: nobody is sent back in time.
            var later = $"\"{Number(answer, "Hunt-Sequence") + 1_000_000}-whatever\"";
            var kept = await alice.Get(path, ("If-None-Match", later));
            Assert.Equal(("304", later), (kept.Problem, kept.Headers["ETag"]));
            var earlier = await alice.Get(path, ("If-None-Match", $"\"{Number(answer, "Hunt-Sequence") - 1}\""));
            Assert.Equal("200", earlier.Problem);
        }

        Assert.Equal(
            (await Engine.Log.OfTreasure(treasureId))[^1].Sequence,
            Number(await alice.Get($"/v1/treasures/{treasureId}"), "Hunt-Sequence"));
    }

    [Fact]
    public async Task A_change_changes_the_ETag()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt(), stock: 2);
        var before = await Engine.Nobody().Get($"/v1/treasures/{treasureId}");
        await Engine.Player("alice").Wins(treasureId, "key");

        var after = await Until.Some("the change shows", async () =>
            await Engine.Nobody().Get(
                $"/v1/treasures/{treasureId}", ("If-None-Match", before.Headers["ETag"])) is { Problem: "200" } changed ? changed : null);

        Assert.Equal(1, after.Number("remaining"));
        Assert.True(Number(after, "Hunt-Sequence") > Number(before, "Hunt-Sequence"));
    }

    [Fact]
    public async Task A_hunt_shows_its_treasures_and_the_latest_hunts_come_first()
    {
        var (first, second) = (await Admin.OpenHunt(), await Admin.OpenHunt(playerLimit: 3));
        var treasures = new[] { await Admin.Hide(second, stock: 5), await Admin.Hide(second, stock: 0) };
        await Admin.SeesTreasure(treasures[0], treasure => treasure.Word("status") == "available");

        var hunt = await Until.Some("the hunt shows both treasures", async () =>
            await Engine.Nobody("api-2").Get($"/v1/hunts/{second}") is var seen && seen["treasures"].GetArrayLength() == 2 ? seen : null);
        var hunts = await Until.Some("the list shows both hunts", async () =>
        {
            var list =
                (await Engine.Nobody().Get("/v1/hunts"))["hunts"].EnumerateArray().Select(line => line.GetProperty("huntId").GetString())
                    .ToList();
            return list.Contains(first) && list.Contains(second) ? list : null;
        });

        Assert.Equal((3L, "Autumn sale"), (hunt.Number("playerLimit"), hunt.Word("name")));
        Assert.Equal(treasures, hunt["treasures"].EnumerateArray().Select(treasure => treasure.GetProperty("treasureId").GetString()));
        Assert.Equal(
            ["available", "exhausted"], hunt["treasures"].EnumerateArray().Select(treasure => treasure.GetProperty("status").GetString()));
        Assert.True(hunts.IndexOf(second) < hunts.IndexOf(first));
    }

    [Fact]
    public async Task A_treasure_shows_its_units_and_the_clues_revealed_so_far()
    {
        var huntId = await Admin.OpenHunt();
        var now = TimeProvider.System.GetUtcNow();
        var hidden = await Admin.Command($"/v1/hunts/{huntId}/treasures", new
        {
            name = "Golden goose",
            stock = 3,
            perPlayer = 2,
            proof = "under the bridge",
            clues = new[] { new { text = "later", revealAt = now.AddHours(2) }, new { text = "known", revealAt = now.AddHours(-1) } },
        });
        await Admin.Command($"/v1/treasures/{hidden.Id}/clues", new { text = "next", revealAt = now.AddHours(1) });
        await Admin.SeesTreasure(hidden.Id, seen => seen.Problem == "200" && seen["nextClueAt"].GetDateTimeOffset() == now.AddHours(1));

        var treasure = await Engine.Nobody().Get($"/v1/treasures/{hidden.Id}");

        Assert.Equal(("available", "Golden goose", huntId), (treasure.Word("status"), treasure.Word("name"), treasure.Word("huntId")));
        Assert.Equal(
            (3L, 0L, 3L, 2L),
            (treasure.Number("stock"), treasure.Number("awarded"), treasure.Number("remaining"), treasure.Number("perPlayer")));
        Assert.True(treasure["proofRequired"].GetBoolean());
        Assert.Equal(["known"], treasure["clues"].EnumerateArray().Select(clue => clue.GetProperty("text").GetString()));
        Assert.DoesNotContain("bridge", treasure.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("later", treasure.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_leaderboard_counts_awards_and_forgets_revoked_ones()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 5, perPlayer: 5);
        await Engine.Player("alice").Wins(treasureId, "key-1");
        var taken = await Engine.Player("alice").Wins(treasureId, "key-2");
        await Engine.Player("bob").Wins(treasureId, "key");
        await Shows("alice 2, bob 1", top: 10);
        await Shows("alice 2", top: 1);

        Assert.Equal(
            "200", (await Admin.Command(
                $"/v1/treasures/{treasureId}/revoke", new { claimId = taken.ClaimId, because = "Sent back" })).Problem);

        await Admin.SeesTreasure(treasureId, treasure => treasure.Number("awarded") == 2);
        await Until.True("both have one", async () => (await Board(10)).Split(", ").Order().SequenceEqual(["alice 1", "bob 1"]));
        var claim = await Until.Some("the claim says that it was revoked", async () =>
            await Engine.Player("alice").Get($"/v1/claims/{taken.ClaimId}") is var seen && seen.Word("revokedAt") is not null
                ? seen : null);
        Assert.Equal(Outcomes.Won, claim.Outcome);
        await Engine.CleanAudit(huntId);

        Task Shows(string board, int top) => Until.True(board, async () => await Board(top) == board);

        async Task<string> Board(int top)
        {
            var answer = await Engine.Nobody().Get($"/v1/hunts/{huntId}/leaderboard?top={top}");
            return string.Join(
                ", ", answer["entries"].EnumerateArray().Select(
                    entry => $"{entry.GetProperty("playerId").GetString()} {entry.GetProperty("awards").GetInt32()}"));
        }
    }

    [Fact]
    public async Task A_player_sees_its_own_claims_newest_first()
    {
        var player = Engine.Player($"p{Ids.FreshSlug()}");
        var treasureId = await Admin.Hide(await Admin.OpenHunt(), stock: 5, perPlayer: 5);
        var claims = new List<Guid>();
        for (var n = 0; n < 3; n++)
        {
            claims.Insert(0, (await player.Wins(treasureId, $"key-{n}")).ClaimId);
        }

        await Engine.Player("somebody-else").Wins(treasureId, "key");
        await Until.True("all three show", async () => (await Mine("")).SequenceEqual(claims));
        Assert.Equal(claims[..2], await Mine("?top=2"));

        async Task<IEnumerable<Guid>> Mine(string query) =>
            (await player.Get($"/v1/players/me/claims{query}"))["claims"].EnumerateArray().Select(
                claim => claim.GetProperty("claimId").GetGuid());
    }

    // A read may change between two looks while the projections work for other tests; then look again.
    private static async Task<(ApiResponse, ApiResponse)> Settled(ApiCaller caller, string path)
    {
        (ApiResponse, ApiResponse)? settled = null;
        await Until.True($"{path} holds still", async () =>
        {
            var answer = await caller.Get(path);
            if (answer.Problem != "200")
            {
                return false;
            }

            var again = await caller.Get(path, ("If-None-Match", answer.Headers["ETag"]));
            settled = (answer, again);
            return again.Problem == "304";
        });
        return settled!.Value;
    }

    private static long Number(ApiResponse answer, string header) => long.Parse(answer.Headers[header], CultureInfo.InvariantCulture);
}
