using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Running a hunt: what each command records, and that a repeated one records nothing more.</summary>
public sealed class CommandTests(SharedEngine engine) : EngineTests(engine)
{
    private Caller Admin => Engine.Admin();

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
        var hunt = await Admin.Command("/v1/hunts", new { name = "Nameless", opensAt = "2026-11-23T18:00:00+02:00", closesAt = "2099-11-23T18:00:00Z", playerLimit = 2 });
        var treasure = await Admin.Command($"/v1/hunts/{hunt.Id}/treasures", new { name = "Nameless", stock = 1, proof = "secret" });

        Assert.Equal(($"/v1/hunts/{hunt.Id}", $"/v1/treasures/{treasure.Id}"), (hunt.Headers["Location"], treasure.Headers["Location"]));
        var drafted = (HuntDrafted)Assert.Single(await Engine.Log.All(), fact => fact.Sequence == hunt.Sequence).Data;
        var hidden = (TreasureHidden)Assert.Single(await Engine.Log.All(), fact => fact.Sequence == treasure.Sequence).Data;
        Assert.Equal((TimeSpan.Zero, 16, (int?)2), (drafted.OpensAt.Offset, drafted.OpensAt.Hour, drafted.PlayerLimit));
        Assert.True(Proofs.Verify(hidden.Proof!, "secret"));
        Assert.Equal(0L, await Engine.Log.Value<long>($"select count(*) from {Engine.Schema}.mt_events where data::text like '%\"secret\"%'"));
    }

    [Fact]
    public async Task Restock_withdraw_and_clues_are_recorded()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());
        await Admin.Command($"/v1/treasures/{treasureId}/restock", new { units = 4 });
        await Admin.Command($"/v1/treasures/{treasureId}/clues", new { text = "Where the river bends", revealAt = "2026-11-23T18:05:00Z" });
        await Admin.Command($"/v1/treasures/{treasureId}/withdraw");

        var facts = (await Engine.Log.OfTreasure(treasureId)).Select(fact => fact.Data).ToList();

        Assert.Equal([typeof(TreasureHidden), typeof(TreasureRestocked), typeof(ClueAdded), typeof(TreasureWithdrawn)], facts.Select(fact => fact.GetType()));
        Assert.Equal((4, "Where the river bends"), (((TreasureRestocked)facts[1]).Units, ((ClueAdded)facts[2]).Clue.Text));
        await Admin.SeesTreasure(treasureId, treasure => treasure.Number("stock") == 5);
    }

    [Fact]
    public async Task A_repeated_key_gets_the_same_answer_at_either_door_and_changes_nothing()
    {
        var treasureId = await Admin.Hide(await Admin.OpenHunt());

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(n =>
            Engine.Admin(n % 2 == 0 ? "api-1" : "api-2").Post($"/v1/treasures/{treasureId}/restock", new { units = 4 }, ("Idempotency-Key", "key"))));

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
}
