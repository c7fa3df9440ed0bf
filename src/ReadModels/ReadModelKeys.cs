using TreasureHunt.Contracts;

namespace TreasureHunt.ReadModels;

/// <summary>
/// Keys and channels in Redis and Memcached outside the generations of read models. The names are part of the storage format.
/// </summary>
/// <param name="prefix">Installations that share a server have different prefixes.</param>
public sealed class ReadModelKeys(string prefix)
{
    /// <summary>Hash of the live generation of each read model, by name. A read model without an entry cannot be read.</summary>
    public string Generations => $"{prefix}:generations";

    /// <summary>A claim that was accepted and may be undecided, in the partition of its outcome.</summary>
    public string Pending(Guid claimId) => $"{prefix}:{Partitions.Tag(Partitions.Of(claimId))}:pending:{claimId:N}";

    /// <summary>The <see cref="ReadModels.ProjectionReport"/> of the leading Projections worker, as JSON. It expires.</summary>
    public string ProjectionReport => $"{prefix}:projections";

    /// <summary>The channel that notifies the projections of commits.</summary>
    public string CommitChannel => $"{prefix}:pulse";

    /// <summary>
    /// The channel on which the hunts and treasures of each batch are published, as <see cref="PublishedChanges"/>. It may lose messages.
    /// </summary>
    public string ViewChanges => $"{prefix}:changes:views";

    /// <summary>
    /// The channel on which the claims of each batch are published, as <see cref="PublishedChanges"/>. It may lose messages.
    /// </summary>
    public string ClaimChanges => $"{prefix}:changes:claims";

    /// <summary>The channel on which the id of each hunt is published whose leaderboard was written. It may lose messages.</summary>
    public string LeaderboardChanges => $"{prefix}:changes:leaderboards";

    /// <summary>Returns the keys of one generation of a read model.</summary>
    /// <param name="readModel">One of <see cref="ReadModelNames"/>.</param>
    /// <param name="generation">1 or more.</param>
    public GenerationKeys OfGeneration(string readModel, int generation) => new($"{prefix}:{readModel}:{generation}");
}
