using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace TreasureHunt.Load;

/// <summary>Throughput and latency against offered load. The knee is where a line leaves the diagonal or rises.</summary>
internal static class Plots
{
    private const double Width = 760;
    private const double Height = 420;

    public static async Task WriteAsync(string folder, IReadOnlyList<SystemResults> measured)
    {
        await WriteAsync(
            Path.Combine(folder, "throughput.svg"), "Claims offered, and decided", "decided claims/s", measured, run => run.Outcomes);
        await WriteAsync(
            Path.Combine(folder, "latency.svg"), "Claims offered, and the 99th percentile of their outcome", "p99, ms", measured,
            run => run.Claims.P99);
    }

    private static async Task WriteAsync(
        string file, string title, string axis, IReadOnlyList<SystemResults> measured, Func<MeasuredRun, double> value)
    {
        var plot = new PlotModel { Title = title, Background = OxyColors.White };
        plot.Legends.Add(new Legend { LegendPosition = LegendPosition.TopLeft });
        plot.Axes.Add(
            new LogarithmicAxis { Position = AxisPosition.Bottom, Title = "offered claims/s", MajorGridlineStyle = LineStyle.Dot });
        plot.Axes.Add(new LogarithmicAxis { Position = AxisPosition.Left, Title = axis, MajorGridlineStyle = LineStyle.Dot });
        foreach (var system in measured.Where(system => system.Curve.Count > 0))
        {
            var line = new LineSeries
            {
                Title = system.System,
                MarkerType = MarkerType.Circle,
                StrokeThickness = system.System == "ours" ? 3 : 1.5,
            };
            line.Points.AddRange(system.Curve.Where(run => value(run) > 0).Select(run => new DataPoint(run.Offered!.Value, value(run))));
            plot.Series.Add(line);
        }

        await using var stream = File.Create(file);
        new SvgExporter { Width = Width, Height = Height }.Export(plot, stream);
    }
}
