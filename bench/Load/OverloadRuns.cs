using System.Net;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Load;

/// <summary>
/// Measures a sale at three times the rate that the shop's first design can serve, beside the steady reads of its pages by readers of their
/// own.
/// </summary>
internal sealed class OverloadRuns(
    BenchRuns runs, BenchOptions options, IPEndPoint site, PlayerRequests requests, TimeProvider timeProvider)
{
    /// <summary>Page reads a second.</summary>
    public const double ReadsPerSecond = 200;

    private const double Factor = 3;

    /// <summary>
    /// Callers: so many that a request can be sent while all earlier ones wait. A process may open 20,000 files, and HAProxy opens two for
    /// each caller.
    /// </summary>
    private const int Callers = 8_000;

    private const int Readers = 400;

    /// <summary>Users do not wait longer.</summary>
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private static readonly Scenario Pages = Scenarios.Sale with { Name = "pages", Reads = 1 };

    /// <param name="prepareAsync">Hides the treasures of a scenario under a name, and returns the run's id.</param>
    public async Task<List<MeasuredRun>> MeasureAsync(Func<Scenario, string, Task<string>> prepareAsync)
    {
        using var callers = Users();
        using var readers = Users();
        var rate = options.OverloadRate;
        if (rate is null)
        {
            var alone = await runs.ClosedAsync(
                callers, Scenarios.Sale, await prepareAsync(Scenarios.Sale, "capacity"), options.Callers, repeat: 1);
            rate = Factor * alone.Answers;
        }

        var overload = new List<MeasuredRun>();
        for (var repeat = 1; repeat <= options.Repeats; repeat++)
        {
            var run = await prepareAsync(Scenarios.Sale, $"overload-{repeat}");
            overload.Add(await runs.MeasureAsync(Scenarios.Sale, run, repeat, rate, async (seed, duration) =>
            {
                var tallies = await Task.WhenAll(
                    callers.OpenAsync(Scenarios.Sale, run, seed, Callers, duration, rate.Value),
                    readers.OpenAsync(Pages, run, seed, Readers, duration, ReadsPerSecond));
                return CallTally.Sum(tallies, tallies[0].Duration);
            }));
        }

        return overload;

        CallerPool Users() => new(site, requests, timeProvider) { TakesTurns = true, AnswerTimeout = AnswerTimeout };
    }
}
