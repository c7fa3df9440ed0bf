using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Demo;

public sealed partial record DemoResults
{
    /// <summary>What a door may say no with, when every claim is of the right form and every treasure is there.</summary>
    private static readonly HashSet<string> ExpectedRefusals =
        [Reasons.HuntPaused, Reasons.HuntClosed, Reasons.TreasureExhausted, Reasons.TreasureWithdrawn];

    public static DemoResults Of(DemoState state, CliSettings settings, DemoOptions options)
    {
        var promises = state.Sale.Promises();
        var verdicts = state is { OfSale: { } ofSale, OfBackstage: { } ofBackstage } ? new[] { ofSale, ofBackstage } : [];
        var log = state.OfSale?.Log;
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
                && verdicts.All(verdict => verdict.Clean)
                && log is { Decided: > 0 }
                && state.Audience?.OnFinalState == state.Audience?.Size
                && state.Tally.RefusedByProblem.Keys.All(ExpectedRefusals.Contains),
            Seconds = Math.Round(state.StormTime.TotalSeconds, 2),
            GeneratorCpuSeconds = Math.Round(state.StormCpu.TotalSeconds, 2),
            Sent = state.Tally.Sent,
            Retried = state.Tally.Retried,
            Troubles = Sorted(state.Tally.Troubles),
            RefusedAtTheDoor = Sorted(state.Tally.RefusedByProblem),
            Accepted = promises.Count(promise => promise.Accepted),
            Decided = log?.Decided,
            DecidedPerSecond = log is null ? null : Math.Round(log.DecidedPerSecond, 1),
            Won = log?.Won,
            Rejected = log?.RejectedByReason,
            SoldOut = log?.SoldOut,
            Units = log?.Units,
            OutcomeMs = state.Tally.Outcome.InMs(),
            RefusalMs = state.Tally.Refusal.InMs(),
            IdleOutcomeMs = state.Quiet?.OutcomeMs,
            IdleMismatches = state.Quiet?.Mismatches,
            IdleWithoutOutcome = state.Quiet?.WithoutOutcome,
            ProjectionLagMs = state.Lag?.ReadModels.Select(model => model.LagMs).OfType<Engine.LagMs>().MaxBy(lag => lag.P99),
            ReadModels = state.Lag?.ReadModels,
            Watchers = state.Audience?.Size,
            WatchersOnFinalState = state.Audience?.OnFinalState,
            WatchersLost = state.Audience?.Lost,
            BytesPerWatcher = state.Audience?.BytesPerWatcher,
            Batches = state.Lag?.Batches,
            Unknown = promises.Count(promise => promise.OutcomeUnknown),
            Undecided = Sum(verdicts, verdict => verdict.Undecided),
            RecordedAfterDoubt = Sum(verdicts, verdict => verdict.RecordedAfterDoubt),
            DoubleWinners = Sum(verdicts, verdict => Math.Max(verdict.Engine.DoubleWinners, verdict.Findings.Count(Invariants.OneWinner))),
            LostClaims = Sum(verdicts, verdict => verdict.Findings.Count(Invariants.NothingLost)),
            ToldDifferently = Sum(verdicts, verdict => verdict.Findings.Count(Invariants.Told)),
            Strangers = Sum(verdicts, verdict => verdict.Findings.Count(Invariants.NoStrangers)),
            ReadModelDifferences = Sum(verdicts, verdict => verdict.Engine.ReadModelDifferences),
            CaughtUp = verdicts.Length == 0 ? null : state.CaughtUp,
            Findings = verdicts.Length == 0 ? null : [.. verdicts.SelectMany(verdict => verdict.Findings.All)],
            EngineAudit = verdicts.Length == 0 ? null : [.. verdicts.Select(verdict => verdict.Engine)],
        };
    }

    /// <summary>Null as long as nothing was audited: no finding is not the same as no look.</summary>
    private static int? Sum(AuditResult[] verdicts, Func<AuditResult, int> figure) => verdicts.Length == 0 ? null : verdicts.Sum(figure);

    private static SortedDictionary<string, int> Sorted(IReadOnlyDictionary<string, int> counts) =>
        new(counts.ToDictionary(), StringComparer.Ordinal);
}
