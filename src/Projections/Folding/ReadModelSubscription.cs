using System.Diagnostics;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Subscriptions;
using Polly;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.Projections.Generations;

namespace TreasureHunt.Projections.Folding;

/// <summary>
/// Feeds the live generation of one read model from the log: in order, at least once, on a shard of its own. A page that
/// fails is tried again in place; one that keeps failing pauses this shard and no other.
/// </summary>
public sealed class ReadModelSubscription : SubscriptionBase
{
    private static readonly ResiliencePipeline Retry = InPlace.Retry(attempts: 8, first: TimeSpan.FromMilliseconds(50));

    private readonly LiveReadModel _live;
    private readonly Lag _lag;

    public ReadModelSubscription(LiveReadModel live, Lag lag)
    {
        (_live, _lag) = (live, lag);
        Name = live.Kind.Name;
        Options.BatchSize = 2_000;
        Options.MaximumHopperSize = 10_000;
        foreach (var type in live.Kind.Events)
        {
            IncludeType(type);
        }
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        using var span = HuntTelemetry.StartShared($"project {Name}", ActivityKind.Consumer, page.Events.Select(e => e.CausationId));
        span?.SetTag("events", page.Events.Count).SetTag("sequence", page.SequenceCeiling);
        var facts = new Page(page.SequenceFloor, page.SequenceCeiling, page.Events.Select(Fact.Of).ToList());
        await Retry.ExecuteAsync(async token => await _live.Apply(facts, token), cancellationToken);
        _lag.Applied(Name, facts.Facts);
        return NullChangeListener.Instance;
    }
}
