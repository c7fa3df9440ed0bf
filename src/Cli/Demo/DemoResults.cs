using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>
/// All figures of a run, as <c>--json</c> writes them. Those of a phase that was not reached are null. Times are in milliseconds unless the
/// name says otherwise.
/// </summary>
public sealed partial record DemoResults
{
    public required string HuntId { get; init; }

    public required Uri Site { get; init; }

    /// <summary>Null when a trace was replayed.</summary>
    public required int? Seed { get; init; }

    public required int Players { get; init; }

    public required int Treasures { get; init; }

    public required int Callers { get; init; }

    /// <summary>False when the run was interrupted or broke off.</summary>
    public required bool Complete { get; init; }

    /// <summary>The audit found nothing, and no claim is without an outcome.</summary>
    public required bool Clean { get; init; }

    /// <summary>Length of the storm, from the first send to the last known outcome.</summary>
    public required double Seconds { get; init; }

    /// <summary>Processor seconds that the load generator itself used up in the storm.</summary>
    public required double GeneratorCpuSeconds { get; init; }

    public required int Sent { get; init; }

    public required int Retried { get; init; }

    public required IReadOnlyDictionary<string, int> Troubles { get; init; }

    public required IReadOnlyDictionary<string, int> RefusedAtTheDoor { get; init; }

    /// <summary>Different claims that were told that they are accepted or decided.</summary>
    public required int Accepted { get; init; }

    /// <summary>Claims with an outcome in the log.</summary>
    public int? Decided { get; init; }

    /// <summary>Claims of the storm decided per second of it, both by the times in the log.</summary>
    public double? DecidedPerSecond { get; init; }

    public int? Won { get; init; }

    public IReadOnlyDictionary<string, int>? Rejected { get; init; }

    public int? SoldOut { get; init; }

    public long? Units { get; init; }

    public Percentiles? OutcomeMs { get; init; }

    public Percentiles? RefusalMs { get; init; }

    public Percentiles? IdleOutcomeMs { get; init; }

    public int? IdleMismatches { get; init; }

    public int? IdleWithoutOutcome { get; init; }

    /// <summary>Of the slowest read model.</summary>
    public LagMs? ProjectionLagMs { get; init; }

    public IReadOnlyList<ReadModelLag>? ReadModels { get; init; }

    /// <summary>Clients that watched the stream during the storm; null without any.</summary>
    public int? Watchers { get; init; }

    /// <summary>Of them those that knew at the end what is left of every treasure.</summary>
    public int? WatchersOnFinalState { get; init; }

    /// <summary>How often one of them lost its connection, or got none.</summary>
    public int? WatchersLost { get; init; }

    /// <summary>By how much the Api's working set grew while they joined, divided by their number.</summary>
    public long? BytesPerWatcher { get; init; }

    public BatchSizes? Batches { get; init; }

    public required int Unknown { get; init; }

    public int? Undecided { get; init; }

    public int? RecordedAfterDoubt { get; init; }

    public int? DoubleWinners { get; init; }

    public int? LostClaims { get; init; }

    public int? ToldDifferently { get; init; }

    public int? Strangers { get; init; }

    public int? ReadModelDifferences { get; init; }

    public bool? CaughtUp { get; init; }

    public IReadOnlyList<Finding>? Findings { get; init; }

    public IReadOnlyList<HuntAudit>? EngineAudit { get; init; }
}
