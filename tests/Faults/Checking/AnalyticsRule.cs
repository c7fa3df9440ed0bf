using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Faults.Checking;

/// <summary>10: analytics is told all facts of the log and no others; without the repeats, each treasure's are in order.</summary>
public static class AnalyticsRule
{
    public const string Missing = "notTold";
    public const string Invented = "toldButNotInTheLog";
    public const string Disorder = "toldOutOfOrder";

    private static readonly string Refusals = StreamNames.Refusals("");

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var log = evidence.Log.ToLookup(entry => entry.Id, entry => new AnalyticsFact(entry.Id, entry.StreamKey, entry.Sequence));
        var told = evidence.Analytics.Select(fact => fact.Id).ToHashSet();
        foreach (var entry in evidence.Log.Where(entry => !told.Contains(entry.Id)))
        {
            yield return new Violation(10, Missing, $"{entry.Type} at {entry.Sequence}", Resource: entry.StreamKey);
        }

        foreach (var fact in evidence.Analytics.Distinct().Where(fact => !log[fact.Id].Contains(fact)))
        {
            yield return new Violation(10, Invented, $"event {fact.Id} at {fact.Sequence}", Resource: fact.Subject);
        }

        var last = new Dictionary<string, long>();
        foreach (var fact in evidence.Analytics.DistinctBy(fact => fact.Id))
        {
            var treasure = TreasureOf(fact.Subject);
            if (fact.Sequence < last.GetValueOrDefault(treasure))
            {
                yield return new Violation(10, Disorder, $"{fact.Sequence} after {last[treasure]}", Resource: fact.Subject);
            }

            last[treasure] = Math.Max(last.GetValueOrDefault(treasure), fact.Sequence);
        }
    }

    // The refusals of a treasure have a stream of their own, but analytics is told both in one line.
    private static string TreasureOf(string subject) =>
        subject.StartsWith(Refusals, StringComparison.Ordinal) ? StreamNames.Treasure(subject[Refusals.Length..]) : subject;
}
