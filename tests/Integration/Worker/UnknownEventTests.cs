using Marten.Exceptions;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Failures;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Events of a type that this build does not know: a newer build may write them during a rolling update.</summary>
public sealed class UnknownEventTests(WorkerFixture workers) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task A_claim_decided_by_a_newer_build_is_isolated_and_the_others_keep_their_order()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 10);
        var newer = Claim(treasureId, "alice");
        await workers.First.Decide(newer);
        await Rename(newer.ClaimId, "treasure-awarded.v9");

        var claims = Enumerable.Range(0, 9).Select(n => Claim(treasureId, $"player-{n}")).ToList();
        var decided =
            await workers.Second.Claims.HandleAsync([.. claims[..5], newer, .. claims[5..]], TestContext.Current.CancellationToken);

        Assert.Equal(newer.ClaimId, Assert.Single(decided.Failed).Key);
        Assert.Contains("treasure-awarded.v9", decided.Failed[newer.ClaimId].Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, 9).Select(n => (long)n), claims.Select(claim => decided.Outcomes[claim.ClaimId].Position));
    }

    [Fact]
    public async Task A_claim_with_the_id_of_another_event_is_isolated()
    {
        var (treasureId, draft) = (await workers.HideTreasure(await workers.OpenHunt(), stock: 2), Ids.Fresh());
        await workers.First.Handle(new DraftHunt(draft, AtMinute(0), Ids.FreshSlug(), "Autumn sale", AtMinute(0), AtMinute(60), null));
        var (bad, good) = (Claim(treasureId, "mallory") with { ClaimId = draft }, Claim(treasureId, "alice"));

        var decided = await workers.First.Claims.HandleAsync([bad, good], TestContext.Current.CancellationToken);

        Assert.Equal(draft, Assert.Single(decided.Failed).Key);
        Assert.Equal(Contracts.Outcomes.Won, decided.Outcomes[good.ClaimId].Outcome());
    }

    [Fact]
    public async Task A_command_recorded_by_a_newer_build_fails_as_a_data_error()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var restock = new RestockTreasure(Ids.Fresh(), AtMinute(1), treasureId, 1);
        await workers.First.Handle(treasureId, restock);
        await Rename(restock.CommandId, "treasure-restocked.v9");

        var given = await Assert.ThrowsAsync<UnknownEventTypeException>(() => workers.Second.Handle(treasureId, restock));

        Assert.Equal(FailureKind.Data, FailureClassifier.Classify(given));
    }

    private Task<int> Rename(Guid eventId, string name) => workers.EventStore.Execute(
        $"""
         update {workers.Schema}.mt_events
         set type = '{name}', mt_dotnet_type = 'TreasureHunt.Contracts.Events.NotYet, TreasureHunt.Contracts'
         where id = '{eventId}'
         """);
}
