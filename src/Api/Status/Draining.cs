namespace TreasureHunt.Api;

/// <summary>
/// Before the Api stops it says that it is not ready, and goes on serving until the proxy has noticed and sends callers elsewhere.
/// </summary>
public sealed class Draining(IConfiguration configuration, TimeProvider time) : IHostedLifecycleService
{
    /// <summary>Longest drain in seconds: hosts are given 40 to end, and callers may wait 30 of them.</summary>
    public const double Longest = 8;

    private readonly TimeSpan _span = configuration.GetValue("Shutdown:DrainSeconds", 4.0) is >= 0 and <= Longest and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidOperationException($"Shutdown__DrainSeconds is 0 to {Longest}: how long the proxy is given to notice.");

    private volatile bool _hasBegun;

    public bool HasBegun => _hasBegun;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        return Task.Delay(_span, time, cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
