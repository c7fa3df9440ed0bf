using System.Collections.Concurrent;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;

namespace TreasureHunt.Faults.Suites;

/// <summary>Samples the resources of each process, and the messages in all queues, during a soak.</summary>
internal sealed class SoakSampler(HuntSet set, Broker broker, ConcurrentQueue<string> problems)
{
    /// <summary>The last quarter's minimum may be this many times the first's, plus <see cref="Slack"/>.</summary>
    private const double MaxGrowth = 1.1;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(10);

    /// <summary>Variation with the load, by unit.</summary>
    private static readonly Dictionary<string, double> Slack =
        new() { ["MiB"] = 16, ["handles"] = 20, ["sockets"] = 20, ["messages"] = 200 };

    /// <summary>
    /// Metrics that are reported and may grow: memory that holds the hunt's data, and files that PostgreSQL keeps open. Each of its
    /// processes keeps a file open after the first access, up to all files of the tables and indexes (the background writer has 290).
    /// </summary>
    private static readonly string[] MayGrow =
    [
        "postgres MiB", "postgres handles", "redis-read-models-1 MiB", "redis-read-models-2 MiB", "redis-read-models-3 MiB",
        "memcached MiB",
    ];

    private readonly SortedDictionary<string, List<double>> _series = new(StringComparer.Ordinal);

    public IReadOnlyList<SoakMetric> Metrics => [.. _series.Select(
        series => SoakMetric.Of(
            series.Key, series.Value, MaxGrowth, Slack[series.Key.Split(' ')[1]], mayGrow: MayGrow.Contains(series.Key)))];

    /// <summary>Samples until cancellation.</summary>
    public async Task Run(CancellationToken end)
    {
        for (; !end.IsCancellationRequested; await Task.Delay(SampleInterval, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var process in HuntSet.Processes)
            {
                var metrics = set.IsRunning(process) ? ProcessMetrics.Of(set.PidOf(process)) : ProcessMetrics.None;
                if (metrics.Bytes == 0)
                {
                    problems.Enqueue($"{process} did not run at a sample");
                }

                Add($"{process} MiB", metrics.Bytes / 1048576.0);
                Add($"{process} handles", metrics.Handles);
                Add($"{process} sockets", metrics.Sockets);
            }

            Add("queues messages", await broker.CountMessages());
        }
    }

    private void Add(string name, double value)
    {
        if (!_series.TryGetValue(name, out var series))
        {
            _series[name] = series = [];
        }

        series.Add(value);
    }
}
