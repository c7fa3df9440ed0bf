using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>Claim events are stored with binary bodies. Those of earlier builds are JSON and stay readable.</summary>
public sealed class StoredClaimTests(WorkerFixture workers) : IClassFixture<WorkerFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_claim_has_a_binary_body_and_no_dotnet_type()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());

        var outcomes = await workers.First.Decide(Claim(treasureId, "alice"), Claim(treasureId, "bob"));

        Assert.Equal(
            ["treasure-awarded.v1 [] ", "claim-refused.v1 [] "],
            await workers.EventStore.Value<string[]>(
                $"""
                 select array_agg(concat_ws(' ', type, data, mt_dotnet_type) order by seq_id) from {workers.Schema}.mt_events
                 where bdata is not null and id in ('{outcomes[0].ClaimId}', '{outcomes[1].ClaimId}')
                 """));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Claims_in_both_forms_keep_their_outcomes_and_can_be_revoked(bool asJson)
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var (alice, bob) = (Claim(treasureId, "alice"), Claim(treasureId, "bob"));
        var outcomes = await workers.First.Decide(alice, bob);
        if (asJson)
        {
            await workers.EventStore.StoreClaimsAsJson(treasureId);
        }

        Assert.Equal(outcomes, await workers.Second.Decide(alice, bob));
        Assert.Null((await workers.First.Handle(treasureId, Revoke(treasureId, alice))).Problem);
        Assert.Equal(Outcomes.Won, (await workers.First.Decide(Claim(treasureId, "carol")))[0].Outcome());
    }

    [Fact]
    public async Task Marten_reads_a_stream_with_both_forms()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 4);
        var first = await workers.First.Decide(Claim(treasureId, "alice"), Claim(treasureId, "bob"));
        await workers.EventStore.StoreClaimsAsJson(treasureId);
        var second = await workers.First.Decide(Claim(treasureId, "carol"), Claim(treasureId, "dave"));

        await using var session = workers.First.Store.QuerySession();
        var events = await session.Events.FetchStreamAsync(StreamNames.Treasure(treasureId), token: Cancellation);

        Assert.Equal(first.Concat(second), events.Select(@event => @event.Data).OfType<TreasureAwarded>());
    }

    [Fact]
    public async Task A_claim_whose_body_is_damaged_is_isolated_and_the_others_are_decided()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt(), stock: 3);
        var (damaged, other) = (Claim(treasureId, "alice"), Claim(treasureId, "bob"));
        await workers.First.Decide(damaged);
        await workers.EventStore.Execute(
            $"update {workers.Schema}.mt_events set bdata = substr(bdata, 1, 40) where id = '{damaged.ClaimId}'");

        var decided = await workers.Second.Claims.HandleAsync([damaged, other], Cancellation);

        Assert.Equal(damaged.ClaimId, Assert.Single(decided.Failed).Key);
        Assert.Equal(Outcomes.Won, decided.Outcomes[other.ClaimId].Outcome());
    }

    private static RevokeAward Revoke(string treasureId, AcceptedClaim claim) =>
        new(Ids.Fresh(), AtMinute(2), treasureId, claim.ClaimId, "Sent back");
}
