namespace TreasureHunt.Projections.Subscriptions;

/// <summary>
/// Decides when the next round of the projections begins: at once after a single commit, and at most one round in
/// <see cref="MinInterval"/> under load, which takes all events since the round before.
/// </summary>
public sealed class RoundPacer(TimeProvider timeProvider) : IDisposable
{
    /// <summary>
    /// Minimum time between two rounds that commits have caused. Together with the round itself it stays below the 60 ms after which a
    /// reader may expect an outcome.
    /// </summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(40);

    private readonly SemaphoreSlim _notified = new(0, 1);
    private long? _lastRound;

    /// <summary>Tells that there is something new. It may be called at any time, by any thread.</summary>
    public void Notify()
    {
        try
        {
            _notified.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // The next round is due already, or the host stops.
        }
    }

    /// <summary>Waits for the next round: until there is something new, or for <paramref name="timeout"/>.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await _notified.WaitAsync(timeout, cancellationToken))
        {
            // A round without a notification delays no commit that follows.
            return;
        }

        var remaining = _lastRound is { } last ? MinInterval - timeProvider.GetElapsedTime(last) : TimeSpan.Zero;
        if (remaining > TimeSpan.Zero)
        {
            await Task.Delay(remaining, timeProvider, cancellationToken);
            // This round takes the commits of the wait as well.
            await _notified.WaitAsync(TimeSpan.Zero, cancellationToken);
        }

        _lastRound = timeProvider.GetTimestamp();
    }

    public void Dispose() => _notified.Dispose();
}
