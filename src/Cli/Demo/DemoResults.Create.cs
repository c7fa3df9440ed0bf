using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Planning;

namespace TreasureHunt.Cli.Demo;

public sealed partial record DemoResults
{
    /// <summary>The problems with which the API refuses valid claims on existing treasures.</summary>
    private static readonly HashSet<string> ExpectedRefusals =
        [Reasons.HuntPaused, Reasons.HuntClosed, Reasons.TreasureExhausted, Reasons.TreasureWithdrawn];

    public static DemoResults Of(DemoState state, CliSettings settings, DemoOptions options)
    {
        var observations = state.Sale.Observations();
        var audits = state is { SaleAudit: { } sale, WarmUpAudit: { } warmUp } ? new[] { sale, warmUp } : [];
        var events = state.SaleAudit?.Events;
        return new DemoResults
        {
            HuntId = state.Sale.HuntId,
            Site = new Uri(settings.Url, $"/?hunt={state.Sale.HuntId}"),
            Seed = options.From is null ? options.Size.Seed : null,
            Players = state.Sale.Plan.Players.Count,
            Treasures = state.Sale.Plan.Treasures.Count,
            Callers = options.Callers,
            Complete = state.Complete,
            Clean = state is { Complete: true, CaughtUp: true }
                && audits.All(audit => audit.Clean)
                && events is { Decided: > 0 }
                && state.SseLoad?.OnFinalState == state.SseLoad?.Size
                && state.Tally.RefusedByProblem.Keys.All(ExpectedRefusals.Contains),
            Seconds = Math.Round(state.PeakTime.TotalSeconds, 2),
            GeneratorCpuSeconds = Math.Round(state.PeakCpu.TotalSeconds, 2),
            Sent = state.Tally.Sent,
            Retried = state.Tally.Retried,
            Troubles = Sorted(state.Tally.Troubles),
            RefusedByProblem = Sorted(state.Tally.RefusedByProblem),
            Accepted = observations.Count(observation => observation.Accepted),
            Decided = events?.Decided,
            DecidedPerSecond = events is null ? null : Math.Round(events.DecidedPerSecond, 1),
            Won = events?.Won,
            Rejected = events?.RejectedByReason,
            Inversions = events?.Inversions,
            LongestInversionMs = events is null ? null : Math.Round(events.LongestInversion.TotalMilliseconds, 3),
            SoldOut = events?.SoldOut,
            Units = events?.Units,
            OutcomeMs = InMs(state.Tally.Outcome),
            RefusalMs = InMs(state.Tally.Refusal),
            IdleOutcomeMs = state.Probe?.OutcomeMs,
            IdleMismatches = state.Probe?.Mismatches,
            IdleWithoutOutcome = state.Probe?.WithoutOutcome,
            ProjectionLagMs = state.Lag?.ReadModels.Select(model => model.LagMs).OfType<LagMs>().MaxBy(lag => lag.P99),
            ReadModels = state.Lag?.ReadModels,
            Watchers = state.SseLoad?.Size,
            WatchersOnFinalState = state.SseLoad?.OnFinalState,
            WatchersLost = state.SseLoad?.Disconnects,
            BytesPerWatcher = state.SseLoad?.BytesPerClient,
            Batches = state.Lag?.Batches,
            Unknown = observations.Count(observation => observation.OutcomeUnknown),
            Undecided = Sum(audits, audit => audit.Undecided),
            RecordedAfterDoubt = Sum(audits, audit => audit.RecordedAfterDoubt),
            DoubleWinners = Sum(audits, audit => Math.Max(audit.Engine.DoubleWinners, audit.Findings.Count(Invariants.OneWinner))),
            LostClaims = Sum(audits, audit => audit.Findings.Count(Invariants.NothingLost)),
            DifferentOutcomes = Sum(audits, audit => audit.Findings.Count(Invariants.ReportedOutcome)),
            UnsentClaims = Sum(audits, audit => audit.Findings.Count(Invariants.OnlySentClaims)),
            ReadModelDifferences = Sum(audits, audit => audit.Engine.ReadModelDifferences),
            CaughtUp = audits.Length == 0 ? null : state.CaughtUp,
            Findings = audits.Length == 0 ? null : [.. audits.SelectMany(audit => audit.Findings.All)],
            EngineAudit = audits.Length == 0 ? null : [.. audits.Select(audit => audit.Engine)],
        };
    }

    /// <summary>Null until an audit has run: zero findings would say that it has.</summary>
    private static int? Sum(AuditResult[] audits, Func<AuditResult, int> figure) => audits.Length == 0 ? null : audits.Sum(figure);

    private static LatencySummary? InMs(LatencyHistogram latency) => latency.Count == 0 ? null : latency.Summarize().Rounded();

    private static SortedDictionary<string, int> Sorted(IReadOnlyDictionary<string, int> counts) =>
        new(counts.ToDictionary(), StringComparer.Ordinal);
}
