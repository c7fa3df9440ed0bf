using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Cli.Demo;

/// <summary>Shows the progress of a load: a live table on a terminal, elsewhere a line every two seconds.</summary>
public sealed class DemoProgress(IAnsiConsole console, TimeProvider timeProvider)
{
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(2);

    /// <param name="planned">The number of claims that the load will send.</param>
    public async Task ShowAsync(string phase, ClaimTally tally, int planned, Func<Task> runLoad)
    {
        var started = timeProvider.GetTimestamp();
        if (console.Profile.Out.IsTerminal)
        {
            await console.Live(Table()).AutoClear(true).StartAsync(
                context => WatchAsync(runLoad, TerminalInterval, () => context.UpdateTarget(Table())));
            console.Profile.Out.Writer.WriteLine(Line());
        }
        else
        {
            await WatchAsync(runLoad, LineInterval, () => console.Profile.Out.Writer.WriteLine(Line()));
            console.Profile.Out.Writer.WriteLine(Line());
        }

        IRenderable Table() => Describe(phase, tally, planned, timeProvider.GetElapsedTime(started));
        string Line() => Summarize(phase, tally, timeProvider.GetElapsedTime(started));
    }

    private async Task WatchAsync(Func<Task> runLoad, TimeSpan interval, Action show)
    {
        var load = runLoad();
        using var timer = new PeriodicTimer(interval, timeProvider);
        while (await Task.WhenAny(load, timer.WaitForNextTickAsync().AsTask()) != load)
        {
            show();
        }

        await load;
    }

    private static string Summarize(string phase, ClaimTally tally, TimeSpan elapsed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{phase} {elapsed.TotalSeconds,5:0.0} s: sent {tally.Sent:N0}, decided {tally.Decided:N0} ({PerSecond(tally, elapsed):N0}/s), "
        + $"won {tally.Won:N0}, rejected {tally.Decided - tally.Won:N0}, refused {tally.Refusal.Count:N0}, retries {tally.Retried:N0}");

    private static Table Describe(string phase, ClaimTally tally, int planned, TimeSpan elapsed)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned());
        table.Title = new TableTitle($"{phase}, {elapsed.TotalSeconds:0.0} s");
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
            Row($"refused: {problem}", $"{count:N0}");
        }

        Row("retries", $"{tally.Retried:N0}");
        return table;

        void Row(string name, string figure) => table.AddRow(new Text(name), new Text(figure));
    }

    private static double PerSecond(ClaimTally tally, TimeSpan elapsed) => tally.Decided / Math.Max(0.001, elapsed.TotalSeconds);
}
