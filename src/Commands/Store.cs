using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using TreasureHunt.Commands.Claims;
using TreasureHunt.Commands.Clues;
using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Store;

namespace TreasureHunt.Commands;

/// <summary>What the deciding side keeps beside the log, in the same transaction: a snapshot of each hunt and treasure, the slots, and the clues to come.</summary>
public static class Store
{
    public static void Configure(StoreOptions options)
    {
        options.Projections.Add<HuntSnapshot>(ProjectionLifecycle.Inline);
        options.Projections.Add<TreasureSnapshot>(ProjectionLifecycle.Inline);
        options.Storage.ExtendedSchemaObjects.Add(SlotTable.Define(options.DatabaseSchemaName));
        options.Storage.ExtendedSchemaObjects.Add(DueClues.Define(options.DatabaseSchemaName));
        options.Storage.ExtendedSchemaObjects.Add(HuntSizes.Define(options.DatabaseSchemaName));
    }
}

/// <summary>Keeps <see cref="Hunt"/> current.</summary>
public sealed partial class HuntSnapshot : SingleStreamProjection<Hunt, string>
{
    public HuntSnapshot()
    {
        foreach (var type in EventNames.All.Keys.Where(type => type.IsAssignableTo(typeof(IHuntEvent))))
        {
            IncludeType(type);
        }
    }

    public override Hunt? Evolve(Hunt? snapshot, string id, IEvent e) => Hunt.Evolve(snapshot, e.Data);
}

/// <summary>Keeps <see cref="Treasure"/> current; refusals live in a stream of their own.</summary>
public sealed partial class TreasureSnapshot : SingleStreamProjection<Treasure, string>
{
    public TreasureSnapshot()
    {
        foreach (var type in EventNames.All.Keys.Where(type => type.IsAssignableTo(typeof(ITreasureEvent)) && type != typeof(ClaimRefused)))
        {
            IncludeType(type);
        }
    }

    public override Treasure? Evolve(Treasure? snapshot, string id, IEvent e) => Treasure.Evolve(snapshot, e.Data);
}
