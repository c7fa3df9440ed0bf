using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;

namespace TreasureHunt.Integration.Worker;

/// <summary>A subscription to all events.</summary>
internal sealed class AllEventsSubscription : SubscriptionBase
{
    public AllEventsSubscription() => Name = "reader";

    public long Last { get; private set; }

    public override Task<IChangeListener> ProcessEventsAsync(
        EventRange range, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        Last = range.SequenceCeiling;
        return Task.FromResult(NullChangeListener.Instance);
    }
}
