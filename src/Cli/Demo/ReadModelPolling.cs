using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Cli.Demo;

/// <summary>Waits until the read models have reached the state that a run needs.</summary>
public sealed class ReadModelPolling(AdminApiClient client, TimeProvider timeProvider)
{
    /// <summary>Responses in a row that must match: that takes longer than any API host caches a view.</summary>
    private const int RequiredMatches = 6;

    private const int RequiredCatchUps = 2;

    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the API shows the hunt with this status and all its treasures.</summary>
    public async Task WaitUntilShownAsync(string huntId, string status, int treasures, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        for (var matches = 0; matches < RequiredMatches;)
        {
            var shown = await client.TryGetAsync<HuntSummary>($"/v1/hunts/{huntId}", cancellationToken);
            matches = shown?.Status == status && shown.Treasures.Count == treasures ? matches + 1 : 0;
            if (timeProvider.GetElapsedTime(started) > CatchUpTimeout)
            {
                throw new LoadException(
                    $"The API does not show hunt {huntId} as {status} with {treasures} treasures after {CatchUpTimeout.TotalSeconds:0} s "
                    + $"(it shows {shown?.Status ?? "nothing"} with {shown?.Treasures.Count ?? 0}).");
            }

            if (matches < RequiredMatches)
            {
                await Task.Delay(PollInterval, timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Waits until every read model has reached the head of the event store, for a minute at most. Returns their last known positions, or
    /// null when the engine returned none.
    /// </summary>
    public async Task<LagResponse?> WaitUntilCaughtUpAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        LagResponse? lag = null;
        for (var matches = 0; matches < RequiredCatchUps && timeProvider.GetElapsedTime(started) < CatchUpTimeout;)
        {
            lag = await client.TryGetAsync<LagResponse>("/admin/lag", cancellationToken) ?? lag;
            matches = lag is { CaughtUp: true } ? matches + 1 : 0;
            await Task.Delay(PollInterval, timeProvider, cancellationToken);
        }

        return lag;
    }
}
