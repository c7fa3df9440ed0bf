using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Faults.Checking;

/// <summary>10: analytics gets each event of the event store and no others. Without repeats, those of a treasure are in order.</summary>
public static class AnalyticsRule
{
    public const string Missing = "missingInAnalytics";
    public const string Invented = "notInEventStore";
    public const string Disorder = "analyticsOutOfOrder";

    private static readonly string Refusals = StreamNames.Refusals("");

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var log = evidence.Log.ToLookup(entry => entry.Id, entry => new PublishedEvent(entry.Id, entry.StreamKey, entry.Sequence));
        var publishedIds = evidence.Analytics.Select(published => published.Id).ToHashSet();
        foreach (var entry in evidence.Log.Where(entry => !publishedIds.Contains(entry.Id)))
        {
            yield return new Violation(10, Missing, $"{entry.Type} at {entry.Sequence}", Resource: entry.StreamKey);
        }

        foreach (var published in evidence.Analytics.Distinct().Where(published => !log[published.Id].Contains(published)))
        {
            yield return new Violation(10, Invented, $"event {published.Id} at {published.Sequence}", Resource: published.Subject);
        }

        var last = new Dictionary<string, long>();
        foreach (var published in evidence.Analytics.DistinctBy(published => published.Id))
        {
            var treasure = TreasureOf(published.Subject);
            if (published.Sequence < last.GetValueOrDefault(treasure))
            {
                yield return new Violation(10, Disorder, $"{published.Sequence} after {last[treasure]}", Resource: published.Subject);
            }

            last[treasure] = Math.Max(last.GetValueOrDefault(treasure), published.Sequence);
        }
    }

    // The refusals of a treasure have a stream of their own. Analytics gets both streams in one order.
    private static string TreasureOf(string subject) =>
        subject.StartsWith(Refusals, StringComparison.Ordinal) ? StreamNames.Treasure(subject[Refusals.Length..]) : subject;
}
