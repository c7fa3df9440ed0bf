using JasperFx;
using Marten;
using TreasureHunt.EventStore;
using TreasureHunt.Faults.Servers;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>A subscription stops at an unknown event.</summary>
public sealed class UnknownEventSubscriptionTests(WorkerFixture workers) : IClassFixture<WorkerFixture>
{
    [Fact]
    public async Task An_unknown_event_stops_a_subscription_and_is_not_skipped()
    {
        var treasureId = await workers.HideTreasure(await workers.OpenHunt());
        var award = (await workers.First.Decide(Claim(treasureId, "alice")))[0];
        await workers.HideTreasure(await workers.OpenHunt());
        var unknown = Assert.Single(await workers.EventStore.OfId(award.ClaimId)).Sequence;
        await workers.EventStore.Execute(
            $"""
             update {workers.Schema}.mt_events
             set type = 'treasure-awarded.v9', mt_dotnet_type = 'TreasureHunt.Contracts.Events.NotYet, TreasureHunt.Contracts'
             where seq_id = {unknown}
             """);
        var reader = new AllEventsSubscription();
        await using var store = DocumentStore.For(options =>
        {
            options.Connection(workers.ConnectionString);
            EventStoreRegistration.Configure(options, workers.Schema);
            options.Projections.Subscribe(reader);
        });

        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.StartAllAsync();

        await Poll.Until("the subscription has stopped", () => daemon.CurrentAgents().All(agent => agent.Status != AgentStatus.Running));
        Assert.True(reader.Last < unknown, $"The subscription processed {reader.Last}, after the unknown event {unknown}.");
        await daemon.StopAllAsync();

        await using var session = store.LightweightSession();
        await Assert.ThrowsAnyAsync<Exception>(
            () => session.Events.FetchStreamAsync(
                Contracts.Events.StreamNames.Treasure(treasureId), token: TestContext.Current.CancellationToken));
    }
}
