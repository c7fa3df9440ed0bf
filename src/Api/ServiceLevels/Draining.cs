namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Before the Api stops it says that it is not ready, and goes on serving until the proxy has noticed and sends callers elsewhere.
/// </summary>
public sealed class Draining(ShutdownOptions options, TimeProvider timeProvider) : IHostedLifecycleService
{
    private readonly TimeSpan _span = TimeSpan.FromSeconds(options.DrainSeconds);

    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        return Task.Delay(_span, timeProvider, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
