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
/// <param name="KernelPerAnswer">The part of them in kernel mode; null in results of older builds.</param>
/// <param name="SwitchesPerAnswer">Context switches by process; null in results of older builds.</param>
/// <param name="CountedPerAnswer">Messages, transactions and commands of the servers; null in results of older builds.</param>
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
    IReadOnlyDictionary<string, double> CpuPerAnswer,
    IReadOnlyDictionary<string, double>? KernelPerAnswer = null,
    IReadOnlyDictionary<string, double>? SwitchesPerAnswer = null,
    IReadOnlyDictionary<string, double>? CountedPerAnswer = null)
{
    /// <param name="used">What each process used during the run.</param>
    /// <param name="counted">What the servers counted during the run.</param>
    public static MeasuredRun Of(
        Scenario scenario,
        double? offered,
        CallTally tally,
        long doubleWinners,
        IReadOnlyDictionary<string, ProcessUse> used,
        IReadOnlyDictionary<string, double> counted)
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
            PerAnswer(use => use.User + use.Kernel),
            PerAnswer(use => use.Kernel),
            PerAnswer(use => use.Switches),
            counted.ToDictionary(counter => counter.Key, counter => counter.Value / Math.Max(1, answers)));

        Dictionary<string, double> PerAnswer(Func<ProcessUse, double> part) =>
            used.ToDictionary(process => process.Key, process => part(process.Value) / Math.Max(1, answers));
    }

    /// <summary>
    /// The rate of the report: outcomes a second, or responses a second in scenarios without outcomes or with mostly refusals or reads.
    /// </summary>
    public double PerSecond => Outcomes == 0 || Scenario is "sold-out" or "one-small" or "mix" or "accept" ? Answers : Outcomes;

    /// <summary>Claims a second that were decided, whether or not a caller waited for the outcome; 0 for systems without Marten.</summary>
    public double Decided => (CountedPerAnswer?.GetValueOrDefault(ServerCounters.Events) ?? 0) * Answers;

    /// <summary>Share of requests that failed (<see cref="HttpReply.Failed"/>), 0 to 1.</summary>
    public double FailedShare => (double)Failures.Count / Math.Max(1, Statuses.Values.Sum());
}
