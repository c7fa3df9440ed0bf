using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>How far a demo has come and what it knows; the report is made of it, also when the demo was cut short.</summary>
public sealed class DemoState(HuntFixture sale, HuntFixture backstage)
{
    public HuntFixture Sale { get; } = sale;

    public HuntFixture Backstage { get; } = backstage;

    public DemoTally Tally { get; } = new();

    /// <summary>When each claim of the storm was sent; null for those that were not.</summary>
    public double?[] SentAtMs { get; } = new double?[sale.Plan.Storm.Count];

    /// <summary>The claims of the storm.</summary>
    public IReadOnlySet<Guid> Timed { get; set; } = new HashSet<Guid>();

    public TimeSpan StormTime { get; set; }

    /// <summary>Processor time that the load generator itself used up in the storm.</summary>
    public TimeSpan StormCpu { get; set; }

    /// <summary>Null until the storm is over and the read models have caught up.</summary>
    public LagResponse? Lag { get; set; }

    /// <summary>Null without watchers, and until they join.</summary>
    public SseLoad? Audience { get; set; }

    public LatencyProbe? Quiet { get; set; }

    public bool CaughtUp { get; set; }

    public AuditResult? OfSale { get; set; }

    public AuditResult? OfBackstage { get; set; }

    public bool Complete { get; set; }
}
