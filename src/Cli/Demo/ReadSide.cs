using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>Waits until the read side has come as far as a run needs it.</summary>
public sealed class ReadSide(AdminApiClient desk, TimeProvider timeProvider)
{
    /// <summary>Answers in a row that must agree: for longer than any door behind the proxy remembers what it read.</summary>
    private const int RequiredMatches = 6;

    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the door shows the hunt in this status with all its treasures.</summary>
    public async Task ShowAsync(string huntId, string status, int treasures, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        for (var agreed = 0; agreed < RequiredMatches;)
        {
            var shown = await desk.TryGetAsync<HuntSummary>($"/v1/hunts/{huntId}", cancellationToken);
            agreed = shown?.Status == status && shown.Treasures.Count == treasures ? agreed + 1 : 0;
            if (timeProvider.GetElapsedTime(started) > CatchUpTimeout)
            {
                throw new CliException(
                    $"After {CatchUpTimeout.TotalSeconds:0} s the door still does not show hunt {huntId} as {status} with {treasures} treasures "
                    + $"(it shows {shown?.Status ?? "nothing"} with {shown?.Treasures.Count ?? 0}).");
            }

            if (agreed < RequiredMatches)
            {
                await Task.Delay(PollInterval, timeProvider, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Waits until every read model has reached the head of the log. Says where they were at the last look, or null when nobody would say.
    /// </summary>
    public async Task<LagResponse?> CatchUpAsync(CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        LagResponse? lag = null;
        for (var agreed = 0; agreed < 2 && timeProvider.GetElapsedTime(started) < CatchUpTimeout;)
        {
            lag = await desk.TryGetAsync<LagResponse>("/admin/lag", cancellationToken) ?? lag;
            agreed = lag is { CaughtUp: true } ? agreed + 1 : 0;
            await Task.Delay(PollInterval, timeProvider, cancellationToken);
        }

        return lag;
    }
}
