namespace TreasureHunt.Faults.Checking;

/// <summary>11: the dead-letter queues hold each malformed message as often as it was sent, and nothing else.</summary>
public static class ErrorQueueRule
{
    public const string Missing = "malformedLost";
    public const string Stray = "unexpectedDeadLetter";

    /// <summary>Characters of a message that a report shows.</summary>
    private const int Shown = 300;

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var sent = evidence.Malformed.CountBy(text => text).ToDictionary();
        var doubtful = evidence.Doubtful.CountBy(text => text).ToDictionary();
        var kept = evidence.ErrorQueue.CountBy(text => text).ToDictionary();
        foreach (var text in sent.Keys.Union(kept.Keys))
        {
            var (due, found) = (sent.GetValueOrDefault(text), kept.GetValueOrDefault(text));
            if (found < due || found > due + doubtful.GetValueOrDefault(text))
            {
                yield return new Violation(
                    11, found < due ? Missing : Stray, $"sent {due} times, found {found} times: {text[..Math.Min(text.Length, Shown)]}");
            }
        }
    }
}
