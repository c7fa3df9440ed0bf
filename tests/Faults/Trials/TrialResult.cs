using System.Text.Json.Serialization;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Trials;

/// <summary>The result of a trial, as printed and as written to <c>--json</c>.</summary>
/// <param name="Observation">The observed effect of the fault.</param>
/// <param name="Calls">Number of calls.</param>
/// <param name="Ok">Share of calls with a 2xx answer.</param>
/// <param name="Refused">Share of calls with a 4xx answer.</param>
/// <param name="Failed">Share of calls with a 5xx answer.</param>
/// <param name="Unknown">Share of calls without an answer.</param>
/// <param name="RecoverySeconds">
/// Time from the fault, or from its healing, to the end of the last inconclusive call; 0 without such a call.
/// </param>
/// <param name="MaxCallMs">Duration of the longest call in milliseconds.</param>
public sealed record TrialResult(
    int Number,
    string Name,
    int Seed,
    [property: JsonPropertyName("fired")] string Observation,
    int Calls,
    double Ok,
    double Refused,
    double Failed,
    double Unknown,
    double RecoverySeconds,
    [property: JsonPropertyName("worstMs")] double MaxCallMs,
    IReadOnlyList<Violation> Violations)
{
    public bool Passed => Violations.Count == 0;

    public static TrialResult Of(
        Fault fault, int seed, string observation, IReadOnlyList<Call> calls, TimeSpan since, IReadOnlyList<Violation> violations)
    {
        // Only calls that ended after the fault, or after its healing, say something about recovery.
        var inconclusive = calls.Where(call => IsInconclusive(call) && call.Ended > since).ToList();
        return new TrialResult(
            fault.Number,
            fault.Name,
            seed,
            observation,
            calls.Count,
            Share(calls, call => call.Status is >= 200 and < 300),
            Share(calls, call => call.Status is >= 400 and < 500),
            Share(calls, call => call.Status >= 500),
            Share(calls, call => call.Status == 0),
            inconclusive.Count == 0 ? 0 : Math.Round((inconclusive.Max(call => call.Ended) - since).TotalSeconds, 2),
            Math.Round(calls.Max(call => (call.Ended - call.Started).TotalMilliseconds)),
            violations);
    }

    /// <summary>The result of a trial that an exception ended: the fault had no effect, or healing failed.</summary>
    public static TrialResult NotCompleted(Fault fault, int seed, Exception exception) => new(
        fault.Number, fault.Name, seed, "not completed", 0, 0, 0, 0, 0, 0, 0,
        [new Violation(0, "trial", $"{exception.GetType().Name}: {exception.Message}")]);

    /// <summary>Whether the caller does not know its result and has to repeat the call: 429, 5xx, or no answer.</summary>
    public static bool IsInconclusive(Call call) => call.Status is 0 or 429 or >= 500;

    public override string ToString() => TrialReport.Format(this);

    private static double Share(IReadOnlyList<Call> calls, Func<Call, bool> like) =>
        Math.Round((double)calls.Count(like) / Math.Max(1, calls.Count), 4);
}
