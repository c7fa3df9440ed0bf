using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Exceptions;
using Marten.Subscriptions;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Failures;
using Xunit;
using static TreasureHunt.Integration.Deciding.OpenHuntFixture;

namespace TreasureHunt.Integration.Deciding;

/// <summary>An event that this build does not know, as a newer one may write it while the hosts are replaced.</summary>
public sealed class UnknownEventTests(WorkerFixture office) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task An_unknown_event_stops_who_reads_the_log_and_is_not_skipped()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var award = (await office.One.Decide(Claim(treasureId, "alice")))[0];
        await office.Treasure(await office.Hunt());
        var unknown = Assert.Single(await office.Log.OfId(award.ClaimId)).Sequence;
        await office.Log.Execute(
            $"update {office.Schema}.mt_events set type = 'treasure-awarded.v9', mt_dotnet_type = 'TreasureHunt.Contracts.Events.NotYet, TreasureHunt.Contracts' where seq_id = {unknown}");
        var reader = new EverythingSubscription();
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(office.ConnectionString);
            EventStoreRegistration.Configure(options, office.Schema);
            options.Projections.Subscribe(reader);
        });

        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();

        await Until.True("the reader has stopped", () => daemon.CurrentAgents().All(agent => agent.Status != AgentStatus.Running));
        Assert.True(reader.Last < unknown, $"It went on to {reader.Last}, past {unknown}.");
        await daemon.StopAllAsync();

        await using var session = store.LightweightSession();
        await Assert.ThrowsAnyAsync<Exception>(
            () => session.Events.FetchStreamAsync(
                Contracts.Events.StreamNames.Treasure(treasureId), token: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_claim_that_a_newer_build_has_decided_is_isolated_and_the_others_are_decided_in_their_order()
    {
        var treasureId = await office.Treasure(await office.Hunt(), stock: 10);
        var newer = Claim(treasureId, "alice");
        await office.One.Decide(newer);
        await Rename(newer.ClaimId, "treasure-awarded.v9");

        var claims = Enumerable.Range(0, 9).Select(n => Claim(treasureId, $"player-{n}")).ToList();
        var decided = await office.Two.Claims.HandleAsync([.. claims[..5], newer, .. claims[5..]], TestContext.Current.CancellationToken);

        Assert.Equal(newer.ClaimId, Assert.Single(decided.Failed).Key);
        Assert.Contains("treasure-awarded.v9", decided.Failed[newer.ClaimId].Message, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(2, 9).Select(n => (long)n), claims.Select(claim => decided.Outcomes[claim.ClaimId].Position));
    }

    [Fact]
    public async Task A_claim_with_the_id_of_another_event_is_isolated()
    {
        var (treasureId, draft) = (await office.Treasure(await office.Hunt(), stock: 2), Ids.Fresh());
        await office.One.Handle(new DraftHunt(draft, At(0), Ids.FreshSlug(), "Autumn sale", At(0), At(60), null));
        var (bad, good) = (Claim(treasureId, "mallory") with { ClaimId = draft }, Claim(treasureId, "alice"));

        var decided = await office.One.Claims.HandleAsync([bad, good], TestContext.Current.CancellationToken);

        Assert.Equal(draft, Assert.Single(decided.Failed).Key);
        Assert.Equal(Contracts.Outcomes.Won, decided.Outcomes[good.ClaimId].Outcome());
    }

    [Fact]
    public async Task A_command_that_a_newer_build_has_recorded_is_given_back()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var restock = new RestockTreasure(Ids.Fresh(), At(1), treasureId, 1);
        await office.One.Handle(treasureId, restock);
        await Rename(restock.CommandId, "treasure-restocked.v9");

        var given = await Assert.ThrowsAsync<UnknownEventTypeException>(() => office.Two.Handle(treasureId, restock));

        Assert.Equal(FailureKind.Data, FailureClassifier.Classify(given));
    }

    private Task<int> Rename(Guid eventId, string name) => office.Log.Execute(
        $"update {office.Schema}.mt_events set type = '{name}', mt_dotnet_type = 'TreasureHunt.Contracts.Events.NotYet, TreasureHunt.Contracts' where id = '{eventId}'");

    /// <summary>Reads everything.</summary>
    private sealed class EverythingSubscription : SubscriptionBase
    {
        public EverythingSubscription() => Name = "reader";

        public long Last { get; private set; }

        public override Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
        {
            Last = page.SequenceCeiling;
            return Task.FromResult(NullChangeListener.Instance);
        }
    }
}
