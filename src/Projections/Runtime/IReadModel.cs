using TreasureHunt.Contracts;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Runtime;

/// <summary>One generation of a read model, as it is fed. Not thread-safe: one page at a time, in order.</summary>
public interface IReadModel
{
    /// <summary>1 or more.</summary>
    int Generation { get; }

    /// <summary>Brings the store up to the page; a page that was applied before changes nothing.</summary>
    /// <param name="live">Whether readers see this generation: then those who watch are told of what changes.</param>
    /// <returns>False when the store has lost what came before the page; what it lost stays as it is.</returns>
    Task<bool> ApplyAsync(EventBatch page, bool live, CancellationToken cancellationToken);

    /// <summary>The sequence up to which the store is complete; null when it has lost something, or was never built.</summary>
    Task<long?> ProgressAsync(CancellationToken cancellationToken);
}

/// <summary>What the engine knows of a read model, whatever its generation.</summary>
/// <param name="Name">One of <see cref="Contracts.ReadModels.ReadModelNames"/>.</param>
/// <param name="Store">Where it lies: the read models of one store are fed by one shard, which has its name.</param>
/// <param name="Events">The types of the events that change it.</param>
/// <param name="Open">Opens a generation to feed it.</param>
public sealed record ReadModelKind(string Name, string Store, IReadOnlySet<Type> Events, Func<int, IReadModel> Open)
{
    /// <summary>The shard that feeds it, as the log names its progress.</summary>
    public string Shard => $"{Store}:All";
}
