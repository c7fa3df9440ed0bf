using JasperFx;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Store;
using Xunit;
using static TreasureHunt.Integration.Deciding.Evening;

namespace TreasureHunt.Integration.Deciding;

/// <summary>An event that this build does not know, as a newer one may write it while the hosts are replaced.</summary>
public sealed class UnknownEventTests(Office office) : IClassFixture<Office>
{
    [Fact]
    public async Task An_unknown_event_stops_who_reads_the_log_and_is_not_skipped()
    {
        var treasureId = await office.Treasure(await office.Hunt());
        var award = (await office.One.Decide(Claim(treasureId, "alice")))[0];
        await office.Treasure(await office.Hunt());
        var unknown = Assert.Single(await office.Log.OfId(award.ClaimId)).Sequence;
        await office.Log.Execute($"update {office.Schema}.mt_events set type = 'treasure-awarded.v9', mt_dotnet_type = 'TreasureHunt.Contracts.Events.NotYet, TreasureHunt.Contracts' where seq_id = {unknown}");
        var reader = new Reader();
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(office.ConnectionString);
            EventStore.Configure(options, office.Schema);
            options.Projections.Subscribe(reader);
        });

        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();

        await Until.True("the reader has stopped", () => daemon.CurrentAgents().All(agent => agent.Status != AgentStatus.Running));
        Assert.True(reader.Last < unknown, $"It went on to {reader.Last}, past {unknown}.");
        await daemon.StopAllAsync();

        await using var session = store.LightweightSession();
        await Assert.ThrowsAnyAsync<Exception>(() => session.Events.FetchStreamAsync(Contracts.Events.StreamNames.Treasure(treasureId), token: TestContext.Current.CancellationToken));
    }

    /// <summary>Reads everything.</summary>
    private sealed class Reader : SubscriptionBase
    {
        public Reader() => Name = "reader";

        public long Last { get; private set; }

        public override Task<IChangeListener> ProcessEventsAsync(
            EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
        {
            Last = page.SequenceCeiling;
            return Task.FromResult(NullChangeListener.Instance);
        }
    }
}
