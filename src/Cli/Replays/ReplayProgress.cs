using System.Globalization;
using Spectre.Console;

namespace TreasureHunt.Cli.Replays;

/// <summary>Shows the progress of a replay: a bar on a terminal, elsewhere a line every two seconds.</summary>
public sealed class ReplayProgress(IAnsiConsole console, TimeProvider timeProvider)
{
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    /// <summary>Polls until the replay has ended. A poll without a response is repeated.</summary>
    public async Task<ReplayStatus> WatchAsync(
        ReplayStatus replay, Func<Task<ReplayStatus?>> poll, TimeSpan interval, CancellationToken cancellationToken)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            var lastLine = timeProvider.GetTimestamp();
            return await FollowAsync(now =>
            {
                if (timeProvider.GetElapsedTime(lastLine) < LineInterval)
                {
                    return;
                }

                lastLine = timeProvider.GetTimestamp();
                console.Profile.Out.Writer.WriteLine(Line(now));
            });
        }

        return await console.Progress().AutoClear(true).Columns(
            new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn()).StartAsync(context =>
        {
            var bar = context.AddTask(Line(replay));
            return FollowAsync(now =>
            {
                bar.Description = Line(now);
                bar.MaxValue = Math.Max(1, now.Head);
                bar.Value = now.Sequence;
            });
        });

        async Task<ReplayStatus> FollowAsync(Action<ReplayStatus> show)
        {
            while (replay.FinishedAt is null)
            {
                await Task.Delay(interval, timeProvider, cancellationToken);
                replay = await poll() ?? replay;
                show(replay);
            }

            return replay;
        }
    }

    /// <summary>Events applied, rate, distance to the head, and time to go.</summary>
    private static string Line(ReplayStatus replay)
    {
        // The estimate assumes that the rate stays the same.
        var left = replay.Sequence > 0 ? TimeSpan.FromSeconds(replay.Seconds / replay.Sequence * replay.Behind) : (TimeSpan?)null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{replay.ReadModel} {replay.State}: {replay.Events:N0} events, {replay.EventsPerSecond:N0}/s, {replay.Behind:N0} behind"
            + $"{(left is { } eta ? $", {eta.TotalSeconds:0} s to go" : "")}");
    }
}
