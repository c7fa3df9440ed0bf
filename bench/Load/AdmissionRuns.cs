using System.Globalization;
using System.Net;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;

namespace TreasureHunt.Load;

/// <summary>
/// Measures admitted and refused claims: the capacity, rates from a third of the capacity to three times as much, and many callers that
/// come back at once.
/// </summary>
internal sealed class AdmissionRuns(BenchRuns runs, BenchOptions options)
{
    /// <summary>The name of the run that measures the capacity.</summary>
    public const string Capacity = "capacity";

    /// <summary>Callers of a rate. Each has a connection of its own: with fewer, one would come back at once.</summary>
    private const int Users = 8_000;

    /// <summary>The time between two runs, in which a backlog is decided.</summary>
    private static readonly TimeSpan PauseBetweenRuns = TimeSpan.FromSeconds(3);

    /// <summary>The offered rates, as shares of the capacity.</summary>
    private static readonly double[] Shares = [1.0 / 3, 0.8, 1.5, 3];

    /// <summary>Callers in a closed loop.</summary>
    private static readonly int[] Loops = [1_024, 4_096];

    public async Task<List<MeasuredRun>> MeasureAsync(
        CallerPool callers, IPEndPoint site, PlayerRequests requests, string run, TimeProvider timeProvider)
    {
        var measured = new List<MeasuredRun>();
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            var capacity = await AddAsync(Capacity, scenario => runs.ClosedAsync(callers, scenario, run, options.Callers, repeat));
            // Connections are closed before others are opened: HAProxy does not have enough for all.
            using (var users = new CallerPool(site, requests, timeProvider) { TakesTurns = true })
            {
                foreach (var (kind, wait) in new[] { ("accept", 0), ("outcome", 10) })
                {
                    foreach (var share in Shares)
                    {
                        var name = string.Create(CultureInfo.InvariantCulture, $"{kind}-{share:0.##}C");
                        var rate = Math.Max(10, share * capacity.Outcomes);
                        await AddAsync(name, scenario => runs.OpenAsync(users, scenario, run, rate, repeat, wait, Users));
                    }
                }
            }

            using (var loops = new CallerPool(site, requests, timeProvider))
            {
                foreach (var count in Loops)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"loop-{count}");
                    await AddAsync(name, scenario => runs.ClosedAsync(loops, scenario, run, count, repeat));
                }
            }
        }

        return measured;

        async Task<MeasuredRun> AddAsync(string name, Func<Scenario, Task<MeasuredRun>> measureAsync)
        {
            await Task.Delay(PauseBetweenRuns, timeProvider);
            var added = await measureAsync(Scenarios.Fifty with { Name = name });
            measured.Add(added);
            return added;
        }
    }
}
