namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Delays the stop of the Api. It reports that it is not ready and still serves, until the edge proxy sends callers to other Apis.
/// </summary>
public sealed class Draining(ShutdownOptions options, TimeProvider timeProvider) : IHostedLifecycleService
{
    private readonly TimeSpan _duration = TimeSpan.FromSeconds(options.DrainSeconds);

    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        return Task.Delay(_duration, timeProvider, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
