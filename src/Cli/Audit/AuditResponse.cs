namespace TreasureHunt.Cli.Audit;

/// <summary><c>GET /admin/audit</c>: the engine's own audit of its event store and its read models.</summary>
/// <param name="Sequence">The position of the event store up to which it audited.</param>
public sealed record AuditResponse(long Sequence, IReadOnlyList<HuntAudit> Hunts);

/// <param name="Inversions">Claims that were received before, and decided after, another claim of the same treasure.</param>
/// <param name="LongestInversionMs">How much earlier such a claim was received than the other one, at most, in milliseconds.</param>
public sealed record HuntAudit(
    string HuntId,
    long Events,
    int Treasures,
    long Decided,
    long Won,
    long Rejected,
    long Revoked,
    int DoubleWinners,
    int OverStock,
    int LimitViolations,
    int DuplicateOutcomes,
    int VersionHoles,
    IReadOnlyList<ReadModelAudit> ReadModels,
    int ReadModelDifferences,
    int Inversions,
    double LongestInversionMs)
{
    /// <summary>Keys of all read models that were compared with the event store.</summary>
    public long Compared => ReadModels.Sum(model => (long)model.Compared);

    /// <summary>Something was compared and nothing was found. An audit that compares nothing proves nothing.</summary>
    public bool Clean =>
        Compared > 0
        && (DoubleWinners, OverStock, LimitViolations, DuplicateOutcomes, VersionHoles, ReadModelDifferences) == (0, 0, 0, 0, 0, 0)
        && ReadModels.All(model => model.Differences == 0);
}

/// <param name="Isolated">Keys that the read model has marked as not writable.</param>
public sealed record ReadModelAudit(string Name, int Compared, int Differences, IReadOnlyList<string>? Examples = null, int Isolated = 0);
