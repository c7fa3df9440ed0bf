using JasperFx.Events;
using Marten.Events.Aggregation;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.EventStore.Snapshots;

/// <summary>Stores the snapshot of each treasure. Refusals do not change it: they have a stream of their own.</summary>
public sealed partial class TreasureSnapshotProjection : SingleStreamProjection<Treasure, string>
{
    public TreasureSnapshotProjection()
    {
        foreach (var type in EventNames.All.Keys.Where(type => type.IsAssignableTo(typeof(ITreasureEvent)) && type != typeof(ClaimRefused)))
        {
            IncludeType(type);
        }
    }

    public override Treasure? Evolve(Treasure? snapshot, string id, IEvent e) => Treasure.Evolve(snapshot, e.Data);
}
