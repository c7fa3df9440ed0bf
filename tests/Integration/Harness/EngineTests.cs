using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Tests with an engine. A failed test prints the output of the host processes.</summary>
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
