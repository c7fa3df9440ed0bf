using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>Claims that the database cannot take: they are isolated, the others are decided in their order.</summary>
public sealed class BatchIsolationTests(WorkerFixture office) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task A_treasure_id_that_no_index_takes_is_isolated()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 100);
        var good = Enumerable.Range(0, 20).Select(n => Claim(treasureId, $"player-{n}")).ToList();
        var bad = new[] { Claim(TooLong(), "mallory"), Claim("go\0ose", "mallory") };

        var decided =
            await office.One.Claims.HandleAsync(
                [.. good[..7], bad[0], .. good[7..12], bad[1], .. good[12..]], TestContext.Current.CancellationToken);

        Assert.Equal(bad.Select(claim => claim.ClaimId).Order(), decided.Failed.Keys.Order());
        Assert.Equal(Enumerable.Range(1, 20).Select(n => (long)n), good.Select(claim => decided.Outcomes[claim.ClaimId].Position));
        Assert.Equal(20, (await office.Log.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task A_player_id_that_no_index_takes_is_isolated()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 100);
        var (good, bad) = (Claim(treasureId, "alice"), Claim(treasureId, TooLong()));

        var decided = await office.One.Claims.HandleAsync([bad, good], TestContext.Current.CancellationToken);

        Assert.Equal(bad.ClaimId, Assert.Single(decided.Failed).Key);
        Assert.Equal(1, decided.Outcomes[good.ClaimId].Position);
    }

    [Fact]
    public async Task While_no_claim_can_be_decided_none_is_isolated()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var claim = Claim(treasureId, "alice");

        // Every insert fails as if its data were at fault.
        await office.Log.Execute(
            $"alter table {office.Schema}.mt_events add constraint broken check (type <> 'treasure-awarded.v1' and type <> 'claim-refused.v1') not valid");
        var deciding = office.One.Claims.HandleAsync([claim], TestContext.Current.CancellationToken);
        await Until.True("it was tried and is held", () => office.One.SaysOf("No claim can be decided") > 0);
        Assert.False(deciding.IsCompleted);
        await office.Log.Execute($"alter table {office.Schema}.mt_events drop constraint broken");

        var decided = await deciding;
        Assert.Empty(decided.Failed);
        Assert.Equal(Outcomes.Won, decided.Outcomes[claim.ClaimId].Outcome());
    }

    [Fact]
    public async Task Clues_are_counted_in_a_snapshot_of_an_older_build_too()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        await office.One.Handle(treasureId, Clue(treasureId));
        await office.Log.Execute(
            $"""
             insert into {office.Schema}.mt_events (seq_id, id, stream_id, version, data, type, mt_dotnet_type, timestamp)
             select nextval('{office.Schema}.mt_events_sequence'), gen_random_uuid(), e.stream_id, e.version + n, e.data, e.type, e.mt_dotnet_type, now()
             from {office.Schema}.mt_events e, generate_series(1, 98) n where e.stream_id = '{StreamNames.Treasure(treasureId)}' and e.type = 'clue-added.v1';
             update {office.Schema}.mt_streams set version = version + 98 where id = '{StreamNames.Treasure(treasureId)}';
             update {office.Schema}.mt_doc_treasure set data = data - 'clues', mt_version = mt_version + 98 where id = '{StreamNames.Treasure(treasureId)}'
             """);

        var hundredth = await office.One.Handle(treasureId, Clue(treasureId));
        var oneMore = await office.Two.Handle(treasureId, Clue(treasureId));

        Assert.Equal((null, ProblemNames.LimitReached), (hundredth.Problem, oneMore.Problem));
    }

    [Fact]
    public async Task A_hunt_has_a_thousand_treasures_at_the_most()
    {
        var huntId = await office.Hunt();
        await office.Treasure(huntId);
        await office.Treasure(huntId);
        await office.Log.Execute($"update {office.Schema}.hunt_sizes set treasures = treasures + 997 where hunt_id = '{huntId}'");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Hide(huntId, $"{huntId}-more-{n}")));

        Assert.Equal(
            [null, ProblemNames.LimitReached, ProblemNames.LimitReached, ProblemNames.LimitReached],
            answers.Select(answer => answer.Problem).Order());
    }

    [Fact]
    public async Task Treasures_that_an_older_build_has_hidden_count()
    {
        var huntId = await office.Hunt();
        await office.Treasure(huntId);
        await office.Treasure(huntId);
        await office.Log.Execute($"delete from {office.Schema}.hunt_sizes where hunt_id = '{huntId}'");
        await office.Treasure(huntId);

        Assert.Equal(3, await office.Log.Value<int>($"select treasures from {office.Schema}.hunt_sizes where hunt_id = '{huntId}'"));
    }

    private Task<CommandResponse> Hide(string huntId, string treasureId) =>
        office.One.Handle(new HideTreasure(Ids.Fresh(), At(0), treasureId, huntId, "Golden goose", 1, 1, null, []));

    private static AddClue Clue(string treasureId) => new(Ids.Fresh(), At(0), treasureId, new Clue("Where the river bends", At(5)));

    // Random, so that the compression of long values does not make it fit.
    private static string TooLong() => string.Concat(Enumerable.Range(0, 160).Select(_ => Ids.FreshSlug()));
}
