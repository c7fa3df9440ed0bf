using System.Globalization;
using Spectre.Console;

namespace TreasureHunt.Cli.Replays;

/// <summary>Shows a replay while it goes on: a bar on a terminal, a plain line now and then elsewhere.</summary>
public sealed class ReplayProgress(IAnsiConsole console, TimeProvider timeProvider)
{
    private static readonly TimeSpan OnPaper = TimeSpan.FromSeconds(2);

    /// <summary>Asks again and again until the replay has ended. A question without an answer is asked again.</summary>
    public async Task<ReplayStatus> WatchAsync(
        ReplayStatus replay, Func<Task<ReplayStatus?>> ask, TimeSpan every, CancellationToken cancellationToken)
    {
        if (!console.Profile.Out.IsTerminal)
        {
            var said = timeProvider.GetTimestamp();
            return await FollowAsync(now =>
            {
                if (timeProvider.GetElapsedTime(said) < OnPaper)
                {
                    return;
                }

                said = timeProvider.GetTimestamp();
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
                await Task.Delay(every, timeProvider, cancellationToken);
                replay = await ask() ?? replay;
                show(replay);
            }

            return replay;
        }
    }

    /// <summary>Events done, rate, time to go, and how far behind the log.</summary>
    private static string Line(ReplayStatus replay)
    {
        // The log's positions pass as fast as they have so far.
        var left = replay.Sequence > 0 ? TimeSpan.FromSeconds(replay.Seconds / replay.Sequence * replay.Behind) : (TimeSpan?)null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{replay.ReadModel} {replay.State}: {replay.Events:N0} events, {replay.EventsPerSecond:N0}/s, {replay.Behind:N0} behind{(left is { } eta ? $", {eta.TotalSeconds:0} s to go" : "")}");
    }
}
