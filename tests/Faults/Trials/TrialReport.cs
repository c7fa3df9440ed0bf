using System.Globalization;

namespace TreasureHunt.Faults.Trials;

/// <summary>
/// Formats a trial's result: one line, and a line for each of the first violations. <c>./hunt faults --broken</c> parses it.
/// </summary>
internal static class TrialReport
{
    private const int MaxViolations = 5;

    public static string Format(TrialResult result)
    {
        var verdict = result.Passed ? "ok" : "BROKEN";
        var shares = string.Create(
            CultureInfo.InvariantCulture,
            $"2xx {result.Ok,6:P1} 4xx {result.Refused,6:P1} 5xx {result.Failed,6:P1} none {result.Unknown,6:P1}");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Number,2} {result.Name,-26} {verdict,-6} recovered {result.RecoverySeconds,5:0.0} s  {shares} "
                + $"longest {result.MaxCallMs,6:0} ms  {result.Observation}");
        var violations = result.Violations.Take(MaxViolations)
            .Select(violation => $"\n     invariant {violation.Invariant} {violation.Name}: {violation.What}");
        return line + string.Concat(violations);
    }
}
