using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Running a hunt: what each command records, and that a repeated one records nothing more.</summary>
public sealed class CommandTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task Every_step_of_a_hunt_is_recorded_at_the_sequence_that_is_answered()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        foreach (var (step, expected) in new[]
        {
            ("schedule", typeof(HuntScheduled)), ("open", typeof(HuntOpened)), ("pause", typeof(HuntPaused)), ("resume", typeof(HuntResumed)), ("close", typeof(HuntClosed)),
        })
        {
            var answer = await Admin.Command($"/v1/hunts/{huntId}/{step}");
            var fact = Assert.Single(await Engine.Log.All(), fact => fact.Sequence == answer.Sequence);
            Assert.Equal((huntId, expected, StreamNames.Hunt(huntId)), (answer.Id, fact.Data.GetType(), fact.Stream));
        }
    }

    [Fact]
    public async Task What_is_made_has_a_place_and_an_id_of_its_own_when_none_is_given()
    {
        var hunt =
            await Admin.Command(
                "/v1/hunts",
                new { name = "Nameless", opensAt = "2026-11-23T18:00:00+02:00", closesAt = "2099-11-23T18:00:00Z", playerLimit = 2 });
        var treasure = await Admin.Command($"/v1/hunts/{hunt.Id}/treasures", new { name = "Nameless", stock = 1, proof = "secret" });

        Assert.Equal(($"/v1/hunts/{hunt.Id}", $"/v1/treasures/{treasure.Id}"), (hunt.Headers["Location"], treasure.Headers["Location"]));
        var drafted = (HuntDrafted)Assert.Single(await Engine.Log.All(), fact => fact.Sequence == hunt.Sequence).Data;
        var hidden = (TreasureHidden)Assert.Single(await Engine.Log.All(), fact => fact.Sequence == treasure.Sequence).Data;
        Assert.Equal((TimeSpan.Zero, 16, (int?)2), (drafted.OpensAt.Offset, drafted.OpensAt.Hour, drafted.PlayerLimit));
        Assert.True(Proofs.Verify(hidden.Proof!, "secret"));
        Assert.Equal(
            0L, await Engine.Log.Value<long>($"select count(*) from {Engine.Schema}.mt_events where data::text like '%\"secret\"%'"));
    }

    [Fact]
    public async Task Restock_withdraw_and_clues_are_recorded()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        await Admin.Command($"/v1/treasures/{treasureId}/restock", new { units = 4 });
        await Admin.Command($"/v1/treasures/{treasureId}/clues", new { text = "Where the river bends", revealAt = "2026-11-23T18:05:00Z" });
        await Admin.Command($"/v1/treasures/{treasureId}/withdraw");

        var facts = (await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Data).ToList();

        Assert.Equal(
            [typeof(TreasureHidden), typeof(TreasureRestocked), typeof(ClueAdded), typeof(TreasureWithdrawn)],
            facts.Select(fact => fact.GetType()));
        Assert.Equal((4, "Where the river bends"), (((TreasureRestocked)facts[1]).Units, ((ClueAdded)facts[2]).Clue.Text));
        await Admin.SeesTreasure(treasureId, treasure => treasure.Number("stock") == 5);
    }

    [Fact]
    public async Task A_repeated_key_gets_the_same_answer_at_either_door_and_changes_nothing()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            Engine.Admin(n % 2 == 0 ? "api-1" : "api-2").Post(
                $"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"))));

        Assert.Single(answers.Select(answer => (answer.Problem, answer.Sequence)).Distinct());
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Data).OfType<TreasureRestocked>());
    }

    [Fact]
    public async Task A_key_serves_for_one_command_to_one_thing()
    {
        var huntId = await Admin.OpenHunt();
        var (goose, swan) = (await Admin.Hide(huntId), await Admin.Hide(huntId));

        var answers = new[]
        {
            await Admin.Post($"/v1/treasures/{goose}/restock", new { units = 1 }, ("Idempotency-Key", "key")),
            await Admin.Post($"/v1/treasures/{swan}/restock", new { units = 1 }, ("Idempotency-Key", "key")),
            await Admin.Post($"/v1/treasures/{goose}/withdraw", null, ("Idempotency-Key", "key")),
        };

        Assert.Equal(3, answers.Select(answer => answer.Sequence).Distinct().Count());
    }

    [Fact]
    public async Task A_key_in_two_header_lines_is_refused()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());

        var twice = await Admin.PostLines($"/v1/treasures/{treasureId}/withdraw", "Idempotency-Key: key", "Idempotency-Key: key");

        Assert.StartsWith("HTTP/1.1 400 ", twice, StringComparison.Ordinal);
        Assert.Contains("idempotency-key-invalid", twice, StringComparison.Ordinal);
        Assert.Single(await Engine.Log.OfTreasure(treasureId));
    }

    [Fact]
    public async Task The_same_key_with_another_payload_is_refused_and_changes_nothing()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        var (alice, bob) = (await Engine.Player("alice").Wins(treasureId, "key"), await Engine.Player("bob").Wins(treasureId, "key"));
        var now = TimeProvider.System.GetUtcNow();
        var (goose, swan) = (Ids.FreshSlug(), Ids.FreshSlug());

        await Refuses($"/v1/treasures/{treasureId}/restock", new { units = 5 }, new { units = 50 });
        await Refuses(
            $"/v1/treasures/{treasureId}/clues", new { text = "By the river", revealAt = now },
            new { text = "By the bridge", revealAt = now });
        await Refuses(
            $"/v1/treasures/{treasureId}/revoke", new { claimId = alice.ClaimId, because = "fraud-0427" },
            new { claimId = bob.ClaimId, because = "fraud-0427" });
        await Refuses(
            $"/v1/hunts/{huntId}/treasures", new { treasureId = goose, name = "Goose", stock = 1 },
            new { treasureId = goose, name = "Goose", stock = 2 });
        await Refuses(
            $"/v1/hunts/{huntId}/treasures", new { treasureId = swan, name = "Swan", stock = 1, proof = "oak" },
            new { treasureId = swan, name = "Swan", stock = 1, proof = "elm" });
        await Refuses(
            $"/v1/hunts/{huntId}/treasures", new { name = "Nameless", stock = 1 },
            new { treasureId = Ids.FreshSlug(), name = "Nameless", stock = 1 });
        await Refuses(
            "/v1/hunts", new { name = "One", opensAt = now, closesAt = now.AddHours(1) },
            new { name = "Two", opensAt = now, closesAt = now.AddHours(1) });
        await Refuses(
            "/v1/hunts", new { huntId = Ids.FreshSlug(), name = "One", opensAt = now, closesAt = now.AddHours(1) },
            new { huntId = Ids.FreshSlug(), name = "One", opensAt = now, closesAt = now.AddHours(1) });

        var facts = (await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Data).ToList();
        Assert.Equal(5, Assert.Single(facts.OfType<TreasureRestocked>()).Units);
        Assert.Equal("By the river", Assert.Single(facts.OfType<ClueAdded>()).Clue.Text);
        Assert.Equal(alice.ClaimId, Assert.Single(facts.OfType<AwardRevoked>()).ClaimId);

        async Task Refuses(string path, object body, object other)
        {
            var key = Ids.FreshSlug();
            var first = await Admin.Post(path, body, ("Idempotency-Key", key));
            Assert.StartsWith("20", first.Problem, StringComparison.Ordinal);
            Assert.Equal("422 idempotency-key-reused", (await Engine.Admin("api-2").Post(path, other, ("Idempotency-Key", key))).Problem);
            var again = await Engine.Admin("api-2").Post(path, body, ("Idempotency-Key", key));
            Assert.Equal(
                (first.Problem, first.Text, "true"), (again.Problem, again.Text, again.Headers.GetValueOrDefault("Idempotency-Replayed")));
            Assert.DoesNotContain("Idempotency-Replayed", first.Headers.Keys);
        }
    }

    [Fact]
    public async Task Two_administrators_never_share_a_key()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        var other = Engine.Admin(subject: "another-admin");

        var first = await Admin.Post($"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"));
        var second = await other.Post($"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"));

        Assert.Equal(("200", "200"), (first.Problem, second.Problem));
        Assert.Equal(
            [4, 4], (await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Data).OfType<TreasureRestocked>().Select(
                restocked => restocked.Units));
    }

    [Fact]
    public async Task A_refusal_is_not_remembered_under_its_key()
    {
        var huntId = await Admin.Draft(opensIn: TimeSpan.FromHours(1));
        Assert.Equal("409 not-allowed-now", (await Admin.Post($"/v1/hunts/{huntId}/pause", null, ("Idempotency-Key", "key"))).Problem);
        await Admin.Do(huntId, "open");

        Assert.Equal("200", (await Admin.Post($"/v1/hunts/{huntId}/pause", null, ("Idempotency-Key", "key"))).Problem);
    }
}
