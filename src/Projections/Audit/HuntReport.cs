namespace TreasureHunt.Projections.Audit;

/// <summary>What the audit of one hunt found. All figures come from the log, none from counters.</summary>
/// <param name="DoubleWinners">
/// Units given although they were given already: awards beyond the stock, at any prefix, and awards beyond a treasure's <c>perPlayer</c>.
/// </param>
/// <param name="OverStock">Treasures that at any prefix had more awards than stock.</param>
/// <param name="LimitViolations">Awards beyond <c>perPlayer</c> or <c>playerLimit</c>.</param>
/// <param name="DuplicateOutcomes">Claims with more than one outcome.</param>
/// <param name="VersionHoles">Places where a stream's versions do not follow one another.</param>
public sealed record HuntReport(
    string HuntId,
    int Events,
    int Treasures,
    int Decided,
    int Won,
    int Rejected,
    int Revoked,
    int DoubleWinners,
    int OverStock,
    int LimitViolations,
    int DuplicateOutcomes,
    int VersionHoles,
    IReadOnlyList<ReadModelReport> ReadModels)
{
    /// <summary>
    /// Keys that a read model could not write and has marked so; their state is not what the log says, and no reader takes it for that.
    /// </summary>
    public int IsolatedKeys => ReadModels.Sum(model => model.Isolated);

    public int ReadModelDifferences => ReadModels.Sum(model => model.Differences);

    /// <summary>Rules broken other than that each unit goes to one player.</summary>
    public int BrokenRules => OverStock + LimitViolations + DuplicateOutcomes + VersionHoles;

    public bool Clean => (DoubleWinners, BrokenRules, ReadModelDifferences) == (0, 0, 0);
}

/// <summary>A read model against the fold of the log.</summary>
/// <param name="Isolated">Keys that the read model has marked as not writable. They are counted apart from the differences.</param>
/// <param name="Examples">The first few differences and isolated keys, in words.</param>
public sealed record ReadModelReport(string Name, int Compared, int Differences, int Isolated, IReadOnlyList<string> Examples);
