using TreasureHunt.Cli.Audit;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Planning;

namespace TreasureHunt.Cli.Demo;

/// <summary>The progress and the results of a demo. The report is made from it, also when the demo ends early.</summary>
public sealed class DemoState(HuntFixture sale, HuntFixture warmUp)
{
    public HuntFixture Sale { get; } = sale;

    /// <summary>The second hunt, for claims that the sale's figures leave out.</summary>
    public HuntFixture WarmUp { get; } = warmUp;

    public ClaimTally Tally { get; } = new();

    /// <summary>When each claim of the peak load was sent, in milliseconds after its start; null for claims that were not sent.</summary>
    public double?[] SentAtMs { get; } = new double?[sale.Plan.PeakClaims.Count];

    /// <summary>The claims of the peak load.</summary>
    public IReadOnlySet<Guid> Timed { get; set; } = new HashSet<Guid>();

    public TimeSpan PeakTime { get; set; }

    /// <summary>Processor time of the load generator during the peak load.</summary>
    public TimeSpan PeakCpu { get; set; }

    /// <summary>Null until the peak load is over and the read models have caught up.</summary>
    public LagResponse? Lag { get; set; }

    /// <summary>Null without stream clients, and until they connect.</summary>
    public SseLoad? SseLoad { get; set; }

    public LatencyProbe? Probe { get; set; }

    public bool CaughtUp { get; set; }

    public AuditResult? SaleAudit { get; set; }

    public AuditResult? WarmUpAudit { get; set; }

    public bool Complete { get; set; }
}
