using System.Globalization;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Trials;

/// <summary>What came of one trial: a line of the table and a row of the JSON.</summary>
/// <param name="Fired">What was seen of the fault.</param>
/// <param name="RecoverySeconds">
/// From the fault, or its healing, until the last call that was told nothing definite; 0 when there was none.
/// </param>
/// <param name="WorstMs">Longest call.</param>
/// <param name="Violations">Invariants that did not hold.</param>
public sealed record TrialResult(
    int Number,
    string Name,
    int Seed,
    string Fired,
    int Calls,
    double Ok,
    double Refused,
    double Failed,
    double Unknown,
    double RecoverySeconds,
    double WorstMs,
    IReadOnlyList<Violation> Violations)
{
    public bool Passed => Violations.Count == 0;

    public static TrialResult Of(
        Fault fault, int seed, string fired, IReadOnlyList<Call> calls, TimeSpan since, IReadOnlyList<Violation> violations)
    {
        // Only what was under way or began after the fault tells how it recovered.
        var vague = calls.Where(call => IsVague(call) && call.Ended > since).ToList();
        return new TrialResult(
            fault.Number,
            fault.Name,
            seed,
            fired,
            calls.Count,
            Share(calls, call => call.Status is >= 200 and < 300),
            Share(calls, call => call.Status is >= 400 and < 500),
            Share(calls, call => call.Status >= 500),
            Share(calls, call => call.Status == 0),
            vague.Count == 0 ? 0 : Math.Round((vague.Max(call => call.Ended) - since).TotalSeconds, 2),
            Math.Round(calls.Max(call => (call.Ended - call.Invoked).TotalMilliseconds)),
            violations);
    }

    /// <summary>A trial that did not come to its end: the fault did not fire, or healing failed.</summary>
    public static TrialResult NotFired(Fault fault, int seed, Exception exception) => new(
        fault.Number, fault.Name, seed, "not fired", 0, 0, 0, 0, 0, 0, 0,
        [new Violation(0, "trial", $"{exception.GetType().Name}: {exception.Message}")]);

    /// <summary>A call that was told nothing definite.</summary>
    public static bool IsVague(Call call) => call.Status is 0 or 429 or >= 500;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number,2} {Name,-26} {(Passed ? "ok" : "BROKEN"),-6} recovered {RecoverySeconds,5:0.0} s  2xx {Ok,6:P1} 4xx {Refused,6:P1} 5xx {Failed,6:P1} none {Unknown,6:P1} worst {WorstMs,6:0} ms  {Fired}{Broken}");

    private string Broken =>
        Passed ? ""
            : $"\n     {string.Join("\n     ", Violations.Take(5).Select(violation => $"invariant {violation.Invariant} {violation.Name}: {violation.What}"))}";

    private static double Share(IReadOnlyList<Call> calls, Func<Call, bool> like) =>
        Math.Round((double)calls.Count(like) / Math.Max(1, calls.Count), 4);
}
