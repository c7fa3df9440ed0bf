using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;

namespace TreasureHunt.Projections.Runtime;

/// <summary>The properties of a read model that all its generations share.</summary>
/// <param name="Name">One of <see cref="ReadModelNames"/>.</param>
/// <param name="Store">The cache that holds it. One shard, which has this name, feeds all read models in one cache.</param>
/// <param name="Events">The types of the events that change it.</param>
/// <param name="OpenGeneration">Opens the generation with this number.</param>
public sealed record ReadModelDefinition(string Name, string Store, IReadOnlySet<Type> Events, Func<int, IReadModel> OpenGeneration)
{
    /// <summary>The shard that feeds it, as the event store names its progress.</summary>
    public string Shard => $"{Store}:All";

    /// <summary>The events of a range that change it.</summary>
    public EventBatch Select(EventBatch range) =>
        range with { Events = range.Events.Where(recorded => Events.Contains(recorded.Data.GetType())).ToList() };
}
