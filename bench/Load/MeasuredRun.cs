using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>One run of one scenario.</summary>
/// <param name="Offered">Requests a second that were due; null in a closed loop.</param>
/// <param name="Outcomes">Claims a second with the outcome <c>won</c> or <c>rejected</c>.</param>
/// <param name="Answers">Requests a second that did not fail (<see cref="HttpReply.Failed"/>).</param>
/// <param name="DoubleWinners">Claims that won beyond the stock.</param>
/// <param name="CpuPerAnswer">Microseconds of processor time by process.</param>
public sealed record MeasuredRun(
    string Scenario,
    double? Offered,
    double Seconds,
    double Outcomes,
    double Answers,
    long DoubleWinners,
    IReadOnlyDictionary<string, long> Statuses,
    LatencySummary Claims,
    LatencySummary Reads,
    LatencySummary Failures,
    IReadOnlyDictionary<string, double> CpuPerAnswer)
{
    public static MeasuredRun Of(
        Scenario scenario, double? offered, CallTally tally, long doubleWinners, IReadOnlyDictionary<string, double> cpu)
    {
        var answers = tally.Claims.Count + tally.Reads.Count;
        return new MeasuredRun(
            scenario.Name,
            offered,
            tally.Duration.TotalSeconds,
            (tally.Won + tally.Rejected) / tally.Duration.TotalSeconds,
            answers / tally.Duration.TotalSeconds,
            doubleWinners,
            tally.Statuses.ToDictionary(status => status.Key == 0 ? "no answer" : $"{status.Key}", status => status.Value),
            tally.Claims,
            tally.Reads,
            tally.Failures,
            cpu.ToDictionary(process => process.Key, process => process.Value / Math.Max(1, answers)));
    }

    /// <summary>
    /// The rate of the report: outcomes a second, or responses a second in scenarios without outcomes or with mostly refusals or reads.
    /// </summary>
    public double PerSecond => Outcomes == 0 || Scenario is "sold-out" or "one-small" or "mix" or "accept" ? Answers : Outcomes;

    /// <summary>Share of requests that failed (<see cref="HttpReply.Failed"/>), 0 to 1.</summary>
    public double FailedShare => (double)Failures.Count / Math.Max(1, Statuses.Values.Sum());
}
