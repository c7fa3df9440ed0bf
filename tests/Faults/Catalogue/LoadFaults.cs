using System.Globalization;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.Load;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>More callers than can be served.</summary>
internal static class LoadFaults
{
    /// <summary>How many times the capacity is offered.</summary>
    private const double Excess = 3;

    /// <summary>How many times as long as without the excess those may wait who are let in.</summary>
    private const double Longer = 3;

    private const double TurnedAwayWithinMs = 50;

    /// <summary>More than are ever under way: nobody stays away because others wait.</summary>
    private const int Callers = 2_000;

    private static readonly TimeSpan WarmingUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Surge = TimeSpan.FromSeconds(60);

    public static readonly IReadOnlyList<Fault> All = [Overload()];

    private static Fault Overload()
    {
        // Found out on the idle set, before anybody else calls.
        var (capacity, unloaded) = (0.0, new CallTally(0));
        return new(28, "overload", "the excess is turned away at once; who is let in waits no longer than three times the usual")
        {
            Holds = TimeSpan.Zero,
            Pauses = 20,
            Prepare = async scene =>
            {
                var rush = scene.Keep(await Rush.Prepare(scene.Desk, scene.Tokens, scene.Time));
                await rush.AsFastAsItGoes(512, WarmingUp);
                var most = await rush.AsFastAsItGoes(512, Measuring);
                capacity = most.Claims.Count / most.Duration.TotalSeconds;
                // For as long as the surge: what stops the whole machine once in a minute belongs to both.
                unloaded = await rush.At(capacity / 3, Callers, Surge, wait: 0);
            },
            Fire = async scene =>
            {
                var rush = scene.Kept.OfType<Rush>().Single();
                using var end = new CancellationTokenSource();
                var memory = Growth.Watch(scene.Set, end.Token);
                var surge = await rush.At(Excess * capacity, Callers, Surge, wait: 0);
                await end.CancelAsync();
                scene.Found.AddRange([.. Judge(surge, unloaded), .. Growth.Judge(await memory, "overload")]);
                await Until.True("the audit of the surge is clean", async () =>
                    await scene.Desk.TryGetAsync<AuditResponse>(
                        $"/admin/audit?huntId={rush.HuntId}", CancellationToken.None) is { Hunts: [{ Clean: true }] });
                var seconds = surge.Duration.TotalSeconds;
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Offered(surge) / seconds:N0}/s offered for {seconds:0} s, of a capacity of {capacity:N0}/s: {surge.Claims.Count / seconds:N0}/s let in, p50 {surge.Claims.P50:0.0} p99 {surge.Claims.P99:0} ms (at a third of the capacity p99 {unloaded.Claims.P99:0} ms, {TurnedAway(unloaded):P0} turned away), {TurnedAway(surge):P0} turned away in p50 {surge.Failures.P50:0.0} p99 {surge.Failures.P99:0} ms");
            },
        };
    }

    private static long Offered(CallTally tally) => tally.Claims.Count + tally.Failures.Count;

    private static double TurnedAway(CallTally tally) => (double)tally.Failures.Count / Offered(tally);

    /// <param name="unloaded">What callers were told without the excess.</param>
    internal static IEnumerable<Violation> Judge(CallTally surge, CallTally unloaded)
    {
        // Without some of each, the latencies below are those of nobody.
        if (unloaded.Claims.Count == 0 || surge.Claims.Count == 0 || surge.Failures.Count == 0)
        {
            yield return new Violation(
                0, "overload",
                $"{unloaded.Claims.Count} let in without the excess, {surge.Claims.Count} let in and {surge.Failures.Count} turned away with it: there must be some of each");
        }

        if (surge.Statuses.Keys.Any(status => status is not (200 or 202 or 429 or 503)))
        {
            yield return new Violation(12, "overload", $"answers were {string.Join(' ', surge.Statuses)}");
        }

        if (surge.Claims.P99 > Longer * unloaded.Claims.P99)
        {
            yield return new Violation(
                13, "overload", $"p99 of who was let in {surge.Claims.P99:0} ms, without the excess {unloaded.Claims.P99:0} ms");
        }

        if (surge.Failures.P50 > TurnedAwayWithinMs)
        {
            yield return new Violation(12, "overload", $"turned away in {surge.Failures.P50:0} ms at the median");
        }
    }
}
