using TreasureHunt.Integration.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(SharedEngine))]

namespace TreasureHunt.Integration.Harness;

/// <summary>An engine that starts when the first test asks for it.</summary>
public abstract class EngineFixture(Func<Task<Engine>> start) : IAsyncDisposable
{
    private readonly Lazy<Task<Engine>> _engine = new(start);

    public Task<Engine> Engine => _engine.Value;

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_engine.IsValueCreated && await _engine.Value.ContinueWith(started => started.IsCompletedSuccessfully, TaskScheduler.Default))
        {
            await (await Engine).DisposeAsync();
        }
    }
}

/// <summary>The engine of all tests that break nothing.</summary>
public sealed class SharedEngine : EngineFixture
{
    private readonly Collector _collector;

    public SharedEngine()
        : this(new Collector())
    {
    }

    private SharedEngine(Collector collector)
        : base(async () => await Harness.Engine.Start(await collector.Start())) => _collector = collector;

    /// <summary>Where its traces go.</summary>
    public Collector Collector => _collector;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _collector.DisposeAsync();
    }
}

/// <summary>An engine for tests that kill, stop and freeze; they run one after the other.</summary>
public sealed class FragileEngine() : EngineFixture(() => Harness.Engine.Start());

/// <summary>Tests on an engine; when one fails, it tells what the processes said.</summary>
public abstract class EngineTests(EngineFixture fixture) : IAsyncLifetime
{
    protected Engine Engine { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => Engine = await fixture.Engine;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (TestContext.Current.TestState?.Result == TestResult.Failed && Engine is not null)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(Engine.Output);
        }

        return ValueTask.CompletedTask;
    }
}
