using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TreasureHunt.Cli.Demo;

/// <summary>Shows a storm while it rages: a live table on a terminal, a plain line now and then elsewhere.</summary>
public sealed class DemoProgress(IAnsiConsole console, TimeProvider timeProvider)
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan OnPaper = TimeSpan.FromSeconds(2);

    public async Task WatchAsync(string what, DemoTally tally, int planned, Func<Task> storm)
    {
        var started = timeProvider.GetTimestamp();
        if (console.Profile.Out.IsTerminal)
        {
            await console.Live(Table()).AutoClear(true).StartAsync(
                context => WatchAsync(storm, OnTerminal, () => context.UpdateTarget(Table())));
            console.Profile.Out.Writer.WriteLine(Line());
        }
        else
        {
            await WatchAsync(storm, OnPaper, () => console.Profile.Out.Writer.WriteLine(Line()));
            console.Profile.Out.Writer.WriteLine(Line());
        }

        IRenderable Table() => Describe(what, tally, planned, timeProvider.GetElapsedTime(started));
        string Line() => Summarize(what, tally, timeProvider.GetElapsedTime(started));
    }

    private async Task WatchAsync(Func<Task> storm, TimeSpan every, Action show)
    {
        var raging = storm();
        using var timer = new PeriodicTimer(every, timeProvider);
        while (await Task.WhenAny(raging, timer.WaitForNextTickAsync().AsTask()) != raging)
        {
            show();
        }

        await raging;
    }

    private static string Summarize(string what, DemoTally tally, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{what} {elapsed.TotalSeconds,5:0.0} s: sent {tally.Sent:N0}, decided {tally.Decided:N0} ({PerSecond(tally, elapsed):N0}/s), won {tally.Won:N0}, "
        + $"rejected {tally.Decided - tally.Won:N0}, refused at the door {tally.Refusal.Count:N0}, retries {tally.Retried:N0}");

    private static Table Describe(string what, DemoTally tally, int planned, TimeSpan elapsed)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        table.Title = new TableTitle($"{what}, {elapsed.TotalSeconds:0.0} s");
        Row("sent", $"{tally.Sent:N0} of {planned:N0}");
        Row("decided", $"{tally.Decided:N0}");
        Row("decided/s", $"{PerSecond(tally, elapsed):N0}");
        Row("won", $"{tally.Won:N0}");
        foreach (var (reason, count) in tally.RejectedByReason.OrderByDescending(pair => pair.Value))
        {
            Row($"rejected: {reason}", $"{count:N0}");
        }

        foreach (var (problem, count) in tally.RefusedByProblem.OrderByDescending(pair => pair.Value))
        {
            Row($"refused at the door: {problem}", $"{count:N0}");
        }

        Row("retries", $"{tally.Retried:N0}");
        return table;

        void Row(string name, string figure) => table.AddRow(new Text(name), new Text(figure));
    }

    private static double PerSecond(DemoTally tally, TimeSpan elapsed) => tally.Decided / Math.Max(0.001, elapsed.TotalSeconds);
}
