using System.Text.Json.Serialization;

namespace TreasureHunt.Projections.Audit;

/// <summary>The result of the audit of one hunt. All numbers come from the events, none from counters.</summary>
/// <param name="DoubleWinners">
/// Units that were awarded twice: awards beyond the stock at the time, and awards beyond a treasure's <c>perPlayer</c>.
/// </param>
/// <param name="Oversold">Treasures that had more awards than stock at any time.</param>
/// <param name="LimitViolations">Awards beyond <c>perPlayer</c> or <c>playerLimit</c>.</param>
/// <param name="DuplicateOutcomes">Claims with more than one outcome.</param>
/// <param name="VersionGaps">Gaps in the versions of the streams, and streams without a row or with an older version in it.</param>
/// <param name="Inversions">
/// Claims that were received before, and decided after, another claim of the same treasure. They break no rule.
/// </param>
/// <param name="LongestInversionMs">How much earlier such a claim was received than the other one, at most, in milliseconds.</param>
public sealed record HuntReport(
    string HuntId,
    int Events,
    int Treasures,
    int Decided,
    int Won,
    int Rejected,
    int Revoked,
    int DoubleWinners,
    [property: JsonPropertyName("overStock")] int Oversold,
    int LimitViolations,
    int DuplicateOutcomes,
    [property: JsonPropertyName("versionHoles")] int VersionGaps,
    int Inversions,
    double LongestInversionMs,
    IReadOnlyList<ReadModelReport> ReadModels)
{
    /// <summary>
    /// Keys that a read model has marked as not writable. Their state differs from the events, and readers get an error for them.
    /// </summary>
    public int IsolatedKeys => ReadModels.Sum(model => model.Isolated);

    public int ReadModelDifferences => ReadModels.Sum(model => model.Differences);

    /// <summary>Violations of all rules except the rule that each unit goes to one player.</summary>
    public int BrokenRules => Oversold + LimitViolations + DuplicateOutcomes + VersionGaps;

    [JsonPropertyName("clean")]
    public bool IsClean => (DoubleWinners, BrokenRules, ReadModelDifferences) == (0, 0, 0);
}

/// <summary>The comparison of a read model with the events.</summary>
/// <param name="Isolated">Keys that the read model has marked as not writable. They do not count as differences.</param>
/// <param name="Examples">Descriptions of the first differences and isolated keys.</param>
public sealed record ReadModelReport(string Name, int Compared, int Differences, int Isolated, IReadOnlyList<string> Examples);
