using JasperFx.Events;
using Marten.Events.Aggregation;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;

namespace TreasureHunt.EventStore.Snapshots;

/// <summary>Stores the snapshot of each hunt.</summary>
public sealed partial class HuntSnapshotProjection : SingleStreamProjection<Hunt, string>
{
    public HuntSnapshotProjection()
    {
        foreach (var type in EventNames.All.Keys.Where(type => type.IsAssignableTo(typeof(IHuntEvent))))
        {
            IncludeType(type);
        }
    }

    public override Hunt? Evolve(Hunt? snapshot, string id, IEvent e) => Hunt.Evolve(snapshot, e.Data);
}
