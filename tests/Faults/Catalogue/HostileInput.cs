using System.Globalization;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Faults.Trials;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Generated requests to the site and generated messages to each exchange, beside honest claims.</summary>
internal static class HostileInput
{
    /// <summary>More than the calls in flight.</summary>
    private const int Callers = 2_000;

    private const int HostileCallerCount = 128;

    private const int OutcomeWaitSeconds = 10;

    /// <summary>
    /// Hostile requests a second. About one in ten is cut short and gets no answer; the others are a little more than
    /// <see cref="HostileInputCheck.MinAnswered"/>.
    /// </summary>
    private const double RequestRate = 400;

    /// <summary>Messages that the recorded players may have in the queues at the end.</summary>
    private const int MaxQueuedMessages = 200;

    /// <summary>Time of hostile input before the run. The honest callers send half as much.</summary>
    private static readonly TimeSpan HostileWarmUp = TimeSpan.FromSeconds(60);

    /// <summary>Hosts grow after a start, so shorter runs do not check memory.</summary>
    private static readonly TimeSpan MinMemoryCheckTime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan ShortTime = TimeSpan.FromSeconds(15);

    public static Fault Create() => new(
        34, "hostile-input",
        "honest claims are decided within 5 s, without a 5xx; dead letters are exactly the malformed messages; nothing grows")
    {
        Duration = TimeSpan.Zero,
        ShortDuration = TimeSpan.Zero,
        IsExcludedFromShortSet = true,
        MustRunAlone = true,
        HasAdjustableDuration = true,
        PauseFactor = 20,
        Prepare = WarmUpHosts,
        Inject = Inject,
    };

    // Hosts compile the code that they use for the first time, also the code that refuses hostile input. This fault does not test that.
    private static async Task WarmUpHosts(FaultScenario scenario)
    {
        var load = scenario.Own(
            await BenchmarkLoad.Create(
                scenario.Admin, scenario.Tokens, scenario.TimeProvider, repeatFor: HostileInputCheck.MaxDecisionTime));
        // Messages of their own: a malformed one is expected once among the dead letters.
        var sender = new HostileSender(scenario, load.TreasureIds, ~scenario.Seed);
        await RunBesideHonestCallers(
            CreateCallers(scenario, load), sender, load, HostileInputCheck.HonestRate / 2, HostileWarmUp);
    }

    private static async Task<string> Inject(FaultScenario scenario)
    {
        var load = scenario.Resources.OfType<BenchmarkLoad>().Single();
        var duration = scenario.Duration ?? (scenario.IsShort ? ShortTime : HostileInputCheck.DefaultDuration);
        using var end = new CancellationTokenSource();
        var callers = CreateCallers(scenario, load);
        var sender = new HostileSender(scenario, load.TreasureIds, scenario.Seed);
        var memory = MemoryGrowth.Sample(scenario.Set, end.Token);
        var honest = await RunBesideHonestCallers(callers, sender, load, HostileInputCheck.HonestRate, duration);
        await end.CancelAsync();
        scenario.Violations.AddRange(
        [
            .. HostileInputCheck.FindHonestViolations(honest, duration),
            .. HostileInputCheck.FindHostileViolations(callers.Answered, callers.ServerErrors, sender.Accepted, duration),
            .. duration < MinMemoryCheckTime ? [] : MemoryGrowth.FindViolations(await memory, "hostileInput"),
        ]);
        await Poll.Until(
            "the queues are empty", async () => await scenario.Broker.CountMessages(includeDeadLetters: false) <= MaxQueuedMessages);
        await Poll.Until(
            "the audit of the honest hunt is clean", async () => await scenario.Audit(load.HuntId) is { Hunts: [{ Clean: true }] });
        return Report(scenario.Seed, callers, sender, honest);
    }

    private static async Task<CallTally> RunBesideHonestCallers(
        HostileCallers callers, HostileSender sender, BenchmarkLoad load, double honestRate, TimeSpan duration)
    {
        using var end = new CancellationTokenSource();
        var (calling, sending) = (callers.Run(end.Token), sender.Run(end.Token));
        var honest = await load.RunOpenLoop(honestRate, Callers, duration, OutcomeWaitSeconds);
        await end.CancelAsync();
        await calling;
        await sending;
        return honest;
    }

    private static HostileCallers CreateCallers(FaultScenario scenario, BenchmarkLoad load)
    {
        var token = scenario.Tokens.Player("hostile");
        var generators = Enumerable.Range(0, HostileCallerCount)
            .Select(n => new HostileRequests(new Random(unchecked((scenario.Seed * 31) + n)), token, load.HuntId, load.TreasureIds))
            .ToList();
        return new HostileCallers(caller => generators[caller].Next(), HostileCallerCount, RequestRate);
    }

    private static string Report(int seed, HostileCallers callers, HostileSender sender, CallTally honest) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {seed}: {callers.Answered:N0} requests answered ({StatusCounts.Format(callers.Statuses)}), "
            + $"{sender.Accepted:N0} messages accepted and {sender.Rejected:N0} rejected by the broker; "
            + $"{honest.Claims.Count:N0} honest claims p50 {honest.Claims.P50:0} p99 {honest.Claims.P99:0} max {honest.Claims.Max:0} ms "
            + $"({StatusCounts.Format(honest.Statuses)}), {honest.Retried:N0} attempts rejected and repeated");
}
