using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Streams;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Nothing is public before it is published: only administrators see drafts, hidden treasures and clues to come.</summary>
public sealed class SecrecyTests(SharedEngine engine) : EngineTests(engine)
{
    private static readonly string[] Doors = ["api-1", "api-2"];

    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_draft_is_not_found_by_anybody_but_administrators()
    {
        var huntId = await Admin.Draft();
        var treasureId = await Admin.Hide(huntId);

        await IsSecret(huntId, treasureId);

        // Cancelled before it was public: it stays secret.
        await Admin.Do(huntId, "cancel");
        await Admin.SeesHunt(huntId, "cancelled");
        await IsSecret(huntId, treasureId);
    }

    [Fact]
    public async Task A_scheduled_hunt_is_secret_until_it_opens_or_is_announced()
    {
        var (unannounced, later) = (await Admin.Draft(opensIn: TimeSpan.FromHours(1)), await Admin.Draft(
            opensIn: TimeSpan.FromHours(2), announcedIn: TimeSpan.FromHours(1)));
        foreach (var huntId in (string[])[unannounced, later])
        {
            var treasureId = await Admin.Hide(huntId);
            await Admin.Do(huntId, "schedule");
            await Admin.SeesHunt(huntId, "scheduled");
            await IsSecret(huntId, treasureId);
        }
    }

    [Fact]
    public async Task An_announced_hunt_is_public_without_its_treasures()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1), announcedIn: TimeSpan.FromMinutes(-1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.SeesHunt(huntId, "draft");
        await IsSecret(huntId, treasureId);

        await Admin.Do(huntId, "schedule");
        await Engine.Nobody().SeesHunt(huntId, "scheduled");

        foreach (var door in Doors)
        {
            var hunt = await Engine.Nobody(door).Get($"/v1/hunts/{huntId}");
            Assert.Empty(hunt["treasures"].EnumerateArray());
            Assert.Equal(JsonValueKind.String, hunt["announceAt"].ValueKind);
            Assert.Equal("200", (await Engine.Nobody(door).Get($"/v1/hunts/{huntId}/leaderboard")).Problem);
            await TreasureIsSecret(door, treasureId);
        }

        await Until.True("it is listed", async () => await IsListed(Engine.Nobody(), huntId));
        // It was public, so its end is public as well; its treasures never were.
        await Admin.Do(huntId, "cancel");
        await Engine.Nobody().SeesHunt(huntId, "cancelled");
        await TreasureIsSecret("api-1", treasureId);
        Assert.Empty((await Engine.Nobody().Get($"/v1/hunts/{huntId}"))["treasures"].EnumerateArray());
    }

    [Fact]
    public async Task A_claim_over_the_bus_does_not_tell_a_hidden_treasure_from_none()
    {
        const string player = "shop:alice";
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1), announcedIn: TimeSpan.FromMinutes(-1));
        var hidden = await Admin.Hide(huntId);
        await Admin.Do(huntId, "schedule");
        await Engine.Nobody().SeesHunt(huntId, "scheduled");

        var answers = new List<ApiResponse>();
        foreach (var treasureId in (string[])[hidden, Ids.FreshSlug()])
        {
            var claim = JsonSerializer.Serialize(new { treasureId, playerId = player, key = "key" });
            await Engine.Bus.Publish(BusNames.ClaimIntake, "application/json", claim, "storefront-shop", "storefront-shop");
            answers.Add(await Engine.Player(player).Outcome(Ids.ForClaim(player, treasureId, "key")));
        }

        Assert.All(answers, answer => Assert.Equal(
            (Outcomes.Rejected, Reasons.TreasureNotFound, null, 1L),
            (answer.Word("outcome"), answer.Word("reason"), answer.Word("huntId"), answer.Number("position"))));
        var listed = (await Engine.Player(player).Get("/v1/players/me/claims"))["claims"].EnumerateArray().Single(
            claim => claim.GetProperty("treasureId").GetString() == hidden);
        Assert.Equal(
            (Reasons.TreasureNotFound, JsonValueKind.Null),
            (listed.GetProperty("reason").GetString(), listed.GetProperty("huntId").ValueKind));
        // The same claim over HTTP is told its outcome again.
        Assert.Equal(answers[0].Text, (await Engine.Player(player).Claim(hidden, "key")).Text);
        var recorded = Assert.Single((await Engine.Log.OfTreasure(hidden)).Decisions());
        Assert.Equal((Reasons.HuntNotOpen, huntId), (recorded.Outcome(), recorded.HuntId));
    }

    [Fact]
    public async Task Administrators_see_a_preview_that_nobody_stores()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        var now = TimeProvider.System.GetUtcNow();
        var hidden =
            await Admin.Command(
                $"/v1/hunts/{huntId}/treasures",
                new { name = "Goose", stock = 1, clues = new[] { new { text = "later", revealAt = now.AddHours(2) } } });
        await Admin.SeesTreasure(hidden.Id, treasure => treasure.Problem == "200");

        foreach (var path in (string[])[
            $"/v1/hunts/{huntId}", $"/v1/treasures/{hidden.Id}", $"/v1/hunts/{huntId}/leaderboard", "/v1/hunts"])
        {
            var preview = await Admin.Get(path, ("If-None-Match", "\"9000000000-open\", *"));
            Assert.Equal("200", preview.Problem);
            Assert.Equal(["no-store", "private"], preview.Headers["Cache-Control"].Split(", ").Order());
            Assert.Equal("Authorization", preview.Headers["Vary"]);
            Assert.DoesNotContain("ETag", preview.Headers.Keys);
        }

        var treasure = await Admin.Get($"/v1/treasures/{hidden.Id}");
        Assert.Equal(("hidden", "later"), (treasure.Word("status"), treasure["clues"][0].GetProperty("text").GetString()));
        Assert.Equal("hidden", (await Admin.Get($"/v1/hunts/{huntId}"))["treasures"][0].GetProperty("status").GetString());
        Assert.True(await IsListed(Admin, huntId));
    }

    [Fact]
    public async Task A_clue_to_come_shows_to_administrators_alone()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        await Admin.Command(
            $"/v1/treasures/{treasureId}/clues",
            new { text = "Where the river bends", revealAt = TimeProvider.System.GetUtcNow().AddHours(1) });

        await Admin.SeesTreasure(treasureId, treasure => treasure["clues"].GetArrayLength() == 1);
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure["nextClueAt"].ValueKind == JsonValueKind.String);

        Assert.Empty((await Engine.Nobody().Get($"/v1/treasures/{treasureId}"))["clues"].EnumerateArray());
        Assert.Empty((await Engine.Player("alice").Get($"/v1/treasures/{treasureId}"))["clues"].EnumerateArray());
    }

    [Fact]
    public async Task A_hunt_is_not_announced_after_it_opens()
    {
        var now = TimeProvider.System.GetUtcNow();
        var refused =
            await Admin.Command(
                "/v1/hunts",
                new { name = "Late", opensAt = now.AddHours(1), closesAt = now.AddHours(2), announceAt = now.AddHours(1).AddSeconds(1) });

        Assert.Equal("400 invalid-request", refused.Problem);
        Assert.Equal(["announceAt"], refused["errors"].EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task A_stream_tells_a_hidden_treasure_when_its_hunt_opens_and_not_before()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1), announcedIn: TimeSpan.FromMinutes(-1));
        var treasureId = await Admin.Hide(huntId);
        await Admin.Do(huntId, "schedule");
        await Engine.Nobody().SeesHunt(huntId, "scheduled");
        await using var client = await Listener.Join(Engine.Nobody(), huntId);
        await client.Hears(huntId, hunt => hunt.GetProperty("status").GetString() == "scheduled");
        // A change of it while it is hidden reaches the host that streams.
        await Admin.Command($"/v1/treasures/{treasureId}/restock", new { units = 1 });
        await Admin.SeesTreasure(treasureId, treasure => treasure.Number("stock") == 2);
        Assert.Null(client.Heard(treasureId));
        await using (var second = await Listener.Join(Engine.Nobody(), huntId, client.LastId))
        {
            await second.Hears(huntId, _ => true);
            Assert.Null(second.Heard(treasureId));
        }

        await Admin.Do(huntId, "open");

        await client.Hears(treasureId, treasure => treasure.GetProperty("status").GetString() == "available");
        Assert.Equal(Outcomes.Won, (await Engine.Player("alice").Wins(treasureId, "key")).Outcome);
    }

    private async Task IsSecret(string huntId, string treasureId)
    {
        foreach (var door in Doors)
        {
            foreach (var caller in (ApiCaller[])[Engine.Nobody(door), Engine.Player("alice", door)])
            {
                Assert.Equal("404 hunt-not-found", (await caller.Get($"/v1/hunts/{huntId}")).Problem);
                Assert.Equal("404 hunt-not-found", (await caller.Get($"/v1/hunts/{huntId}/leaderboard")).Problem);
                Assert.Equal("404 hunt-not-found", (await caller.Get($"/v1/hunts/{huntId}/stream")).Problem);
                Assert.False(await IsListed(caller, huntId));
            }

            await TreasureIsSecret(door, treasureId);
            Assert.Equal("200", (await Engine.Admin(door).Get($"/v1/hunts/{huntId}")).Problem);
            Assert.Equal("200", (await Engine.Admin(door).Get($"/v1/treasures/{treasureId}")).Problem);
        }
    }

    private async Task TreasureIsSecret(string door, string treasureId)
    {
        var read = await Engine.Nobody(door).Get($"/v1/treasures/{treasureId}");
        Assert.Equal(("404 treasure-not-found", "no-store"), (read.Problem, read.Headers["Cache-Control"]));
        Assert.Equal("404 treasure-not-found", (await Engine.Player("alice", door).Claim(treasureId, "key")).Problem);
    }

    private static async Task<bool> IsListed(ApiCaller caller, string huntId) =>
        (await caller.Get("/v1/hunts"))["hunts"].EnumerateArray().Any(line => line.GetProperty("huntId").GetString() == huntId);
}
