using TreasureHunt.Contracts;
namespace TreasureHunt.ReadModels;

/// <summary>
/// Names in Redis and Memcached that belong to no generation of a read model. These names are the storage format.
/// </summary>
/// <param name="prefix">Sets installations that share a server apart.</param>
public sealed class ReadModelKeys(string prefix)
{
    /// <summary>Hash of the live generation of each read model, by name. A read model that is not in it cannot be read.</summary>
    public string Generations => $"{prefix}:generations";

    /// <summary>A claim that was accepted and may be undecided, beside where its outcome will be.</summary>
    public string Pending(Guid claimId) => $"{prefix}:{Partitions.Tag(Partitions.Of(claimId))}:pending:{claimId:N}";

    /// <summary>What the leading Projections worker says of the read models, as JSON. It expires.</summary>
    public string ProjectionReport => $"{prefix}:projections";

    /// <summary>The channel on which a commit wakes the projections.</summary>
    public string CommitChannel => $"{prefix}:pulse";

    /// <summary>The channel that tells each treasure after its write, as it was written. It may lose messages.</summary>
    public string TreasureChanges => $"{prefix}:changes:treasures";

    /// <summary>The channel that tells each hunt after its write, as it was written. It may lose messages.</summary>
    public string HuntChanges => $"{prefix}:changes:hunts";

    /// <summary>The keys of one generation of a read model.</summary>
    /// <param name="readModel">One of <see cref="ReadModelNames"/>.</param>
    /// <param name="generation">1 or more.</param>
    public GenerationKeys In(string readModel, int generation) => new($"{prefix}:{readModel}:{generation}");
}
