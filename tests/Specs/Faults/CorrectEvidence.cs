using TreasureHunt.Contracts;
using TreasureHunt.Faults.Checking;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>Evidence without violations, and the violations of changed evidence.</summary>
internal static class CorrectEvidence
{
    public static readonly Evidence Sound =
        OfASale().Wins("alice", "goose", 1, 2).Loses("bob", "goose", 3, 4, Reasons.ProofMissing).Evidence with
        {
            Malformed = ["{", "[]", "{"],
            ErrorQueue = ["{", "{", "[]"],
            Secrets = ["open-sesame", "eyJhbGciOi", ""],
            Output = ["info: decided 12 claims", "warn: the broker is away"],
        };

    public static IReadOnlyList<PublishedEvent> AnalyticsEvents => Sound.Analytics;

    public static IEnumerable<(int, string)> Names(Evidence evidence) =>
        Checker.Check(evidence).Select(violation => (violation.Invariant, violation.Name));
}
