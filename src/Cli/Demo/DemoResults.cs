using System.Text.Json.Serialization;
using TreasureHunt.Cli.Audit;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Cli.Demo;

/// <summary>
/// The results of a demo, as <c>--json</c> writes them. Results of a phase that the demo did not reach are null. The name of a property
/// has its unit.
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

    /// <summary>False when the run was interrupted or failed.</summary>
    public required bool Complete { get; init; }

    /// <summary>The audit found nothing, and no claim is without an outcome.</summary>
    public required bool Clean { get; init; }

    /// <summary>Duration of the peak load, from the first request to the last known outcome.</summary>
    public required double Seconds { get; init; }

    /// <summary>Processor seconds of the load generator during the peak load.</summary>
    public required double GeneratorCpuSeconds { get; init; }

    public required int Sent { get; init; }

    public required int Retried { get; init; }

    public required IReadOnlyDictionary<string, int> Troubles { get; init; }

    [JsonPropertyName("refusedAtTheDoor")]
    public required IReadOnlyDictionary<string, int> RefusedByProblem { get; init; }

    /// <summary>Different claims with a response that says that the claim is accepted or decided.</summary>
    public required int Accepted { get; init; }

    /// <summary>Claims with a recorded outcome.</summary>
    public int? Decided { get; init; }

    /// <summary>Decided claims of the peak load per second, by the recorded times.</summary>
    public double? DecidedPerSecond { get; init; }

    public int? Won { get; init; }

    public IReadOnlyDictionary<string, int>? Rejected { get; init; }

    /// <summary>Claims that were received before, and decided after, another claim of the same treasure.</summary>
    public int? Inversions { get; init; }

    /// <summary>How much earlier such a claim was received than the other one, at most, in milliseconds.</summary>
    public double? LongestInversionMs { get; init; }

    public int? SoldOut { get; init; }

    public long? Units { get; init; }

    public LatencySummary? OutcomeMs { get; init; }

    public LatencySummary? RefusalMs { get; init; }

    public LatencySummary? IdleOutcomeMs { get; init; }

    public int? IdleMismatches { get; init; }

    public int? IdleWithoutOutcome { get; init; }

    /// <summary>Of the slowest read model.</summary>
    public LagMs? ProjectionLagMs { get; init; }

    public IReadOnlyList<ReadModelLag>? ReadModels { get; init; }

    /// <summary>Clients of the event stream during the peak load; null without any.</summary>
    public int? Watchers { get; init; }

    /// <summary>The clients that had the remaining units of every treasure at the end.</summary>
    public int? WatchersOnFinalState { get; init; }

    /// <summary>How often a client's connection was lost or refused.</summary>
    public int? WatchersLost { get; init; }

    /// <summary>The growth of the Api's working set while the clients connected, per client.</summary>
    public long? BytesPerWatcher { get; init; }

    public BatchSizes? Batches { get; init; }

    public required int Unknown { get; init; }

    public int? Undecided { get; init; }

    public int? RecordedAfterDoubt { get; init; }

    public int? DoubleWinners { get; init; }

    public int? LostClaims { get; init; }

    [JsonPropertyName("toldDifferently")]
    public int? DifferentOutcomes { get; init; }

    [JsonPropertyName("strangers")]
    public int? UnsentClaims { get; init; }

    public int? ReadModelDifferences { get; init; }

    public bool? CaughtUp { get; init; }

    public IReadOnlyList<Finding>? Findings { get; init; }

    public IReadOnlyList<HuntAudit>? EngineAudit { get; init; }
}
