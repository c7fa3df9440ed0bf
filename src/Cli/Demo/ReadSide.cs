using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>Waits until the read side has come as far as a run needs it.</summary>
public sealed class ReadSide(AdminDesk desk, TimeProvider time)
{
    /// <summary>Answers in a row that must agree: for longer than any door behind the proxy remembers what it read.</summary>
    private const int InARow = 6;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the door shows the hunt in this status with all its treasures.</summary>
    public async Task ShowAsync(string huntId, string status, int treasures, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        for (var agreed = 0; agreed < InARow;)
        {
            var shown = await desk.TryGetAsync<HuntShown>($"/v1/hunts/{huntId}", cancellation);
            agreed = shown?.Status == status && shown.Treasures.Count == treasures ? agreed + 1 : 0;
            if (time.GetElapsedTime(started) > Deadline)
                throw new ComplaintException(
                    $"After {Deadline.TotalSeconds:0} s the door still does not show hunt {huntId} as {status} with {treasures} treasures "
                    + $"(it shows {shown?.Status ?? "nothing"} with {shown?.Treasures.Count ?? 0}).");
            if (agreed < InARow)
                await Task.Delay(BetweenLooks, time, cancellation);
        }
    }

    /// <summary>Waits until every read model has reached the head of the log. Says where they were at the last look, or null when nobody would say.</summary>
    public async Task<Lag?> CatchUpAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        Lag? lag = null;
        for (var agreed = 0; agreed < 2 && time.GetElapsedTime(started) < Deadline;)
        {
            lag = await desk.TryGetAsync<Lag>("/admin/lag", cancellation) ?? lag;
            agreed = lag is { CaughtUp: true } ? agreed + 1 : 0;
            await Task.Delay(BetweenLooks, time, cancellation);
        }

        return lag;
    }
}
