using TreasureHunt.Integration.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedEngine))]

namespace TreasureHunt.Integration.Harness;

/// <summary>The engine of all tests that stop no host.</summary>
public sealed class SharedEngine : EngineFixture
{
    private readonly TraceCollector _collector;

    public SharedEngine()
        : this(new TraceCollector())
    {
    }

    private SharedEngine(TraceCollector collector)
        : base(async () => await Harness.Engine.Start(await collector.Start())) => _collector = collector;

    /// <summary>The collector of its traces.</summary>
    public TraceCollector TraceCollector => _collector;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _collector.DisposeAsync();
    }
}
