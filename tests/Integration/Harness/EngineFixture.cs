namespace TreasureHunt.Integration.Harness;

/// <summary>An engine that starts with its first test.</summary>
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
