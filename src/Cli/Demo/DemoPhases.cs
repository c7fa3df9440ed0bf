using Spectre.Console;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Planning;

namespace TreasureHunt.Cli.Demo;

/// <summary>The phases of a demo, one after the other: warm-up, peak load, quiet caller, late claims, audit.</summary>
internal sealed class DemoPhases(
    CliSettings settings, DemoOptions options, IAnsiConsole console, TimeProvider timeProvider, AdminApiClient adminClient,
    ClaimsApiClient claimsClient)
{
    /// <summary>Claims of the quiet caller that are sent before those that are measured.</summary>
    public const int ProbeWarmUp = 50;

    private static readonly TimeSpan OutcomeWait = TimeSpan.FromSeconds(10);

    private readonly ReadModelPolling _readModels = new(adminClient, timeProvider);

    public async Task RunAsync(DemoState state, WarmUpHunt warmUp, CancellationToken cancellationToken)
    {
        await adminClient.EnsureReachableAsync(cancellationToken);
        console.WriteLine(
            $"Hiding {state.Sale.Plan.Treasures.Count:N0} treasures and preparing {state.Sale.Plan.PeakClaims.Count:N0} claims …");
        await OpenAsync(state.WarmUp, cancellationToken);
        await OpenAsync(state.Sale, cancellationToken);

        var warmUpTally = new ClaimTally();
        using var warmUpCaller = CallerOf(warmUpTally);
        await WarmUpAsync(state, warmUp, warmUpTally, warmUpCaller, cancellationToken);

        using var sse = options.Watchers == 0
            ? null : new SseLoad(settings.Api, state.Sale.HuntId, state.Sale.Plan.Treasures.Count, options.Watchers, timeProvider);
        await ConnectAsync(state, sse, cancellationToken);
        using var caller = CallerOf(state.Tally);
        var load = new PeakLoad(caller, options.Callers, timeProvider);
        await adminClient.CommandAsync("/admin/lag/reset", Ids.FreshSlug(), null, cancellationToken);
        await PeakAsync(state, load, cancellationToken);
        state.Lag = await _readModels.WaitUntilCaughtUpAsync(cancellationToken);
        if (sse is not null)
        {
            await sse.WaitForFinalStateAsync(adminClient, cancellationToken);
        }

        if (warmUp.Quiet.Count > 0)
        {
            console.WriteLine("One quiet caller …");
            state.Probe = new LatencyProbe(claimsClient, warmUpCaller, settings.Url, timeProvider);
            await state.Probe.RunAsync(state.WarmUp.Prepare(warmUp.Quiet), ProbeWarmUp, cancellationToken);
        }

        await SendLateClaimsAsync(state.Sale, load, cancellationToken);
        await AuditAsync(state, cancellationToken);
        state.Complete = true;
        await state.Sale.ChangeAsync(adminClient, "resume", cancellationToken);
        await state.WarmUp.ChangeAsync(adminClient, "close", cancellationToken);
    }

    private RetryingCaller CallerOf(ClaimTally tally) =>
        new(claimsClient, tally, settings.Url, OutcomeWait, options.Deadline, timeProvider);

    private async Task OpenAsync(HuntFixture hunt, CancellationToken cancellationToken)
    {
        await hunt.CreateAsync(adminClient, cancellationToken);
        await _readModels.WaitUntilShownAsync(hunt.HuntId, "open", hunt.Plan.Treasures.Count, cancellationToken);
    }

    private async Task WarmUpAsync(
        DemoState state, WarmUpHunt warmUp, ClaimTally tally, RetryingCaller caller, CancellationToken cancellationToken)
    {
        await new DemoProgress(console, timeProvider).ShowAsync(
            "warm-up", tally, warmUp.WarmUp.Count, () => new PeakLoad(caller, options.Callers, timeProvider).RunClosedLoopAsync(
                state.WarmUp.Prepare(warmUp.WarmUp), new double?[warmUp.WarmUp.Count], cancellationToken));
        await _readModels.WaitUntilCaughtUpAsync(cancellationToken);
    }

    private async Task ConnectAsync(DemoState state, SseLoad? sse, CancellationToken cancellationToken)
    {
        if (sse is null)
        {
            return;
        }

        console.WriteLine($"{sse.Size:N0} clients connect to the stream at {settings.Api} …");
        state.SseLoad = sse;
        await sse.ConnectAsync(cancellationToken);
    }

    private async Task PeakAsync(DemoState state, PeakLoad load, CancellationToken cancellationToken)
    {
        var claims = state.Sale.Prepare(state.Sale.Plan.PeakClaims);
        state.Timed = claims.Select(claim => claim.History.ClaimId).ToHashSet();
        var started = timeProvider.GetTimestamp();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        try
        {
            await new DemoProgress(console, timeProvider).ShowAsync("peak", state.Tally, claims.Count, () => options.From is null
                ? load.RunClosedLoopAsync(claims, state.SentAtMs, cancellationToken)
                : load.RunOnScheduleAsync(claims, state.SentAtMs, cancellationToken));
        }
        finally
        {
            state.PeakTime = timeProvider.GetElapsedTime(started);
            state.PeakCpu = Environment.CpuUsage.TotalTime - cpuBefore;
        }
    }

    /// <summary>Pauses the hunt instead of closing it: after the audit it goes on for visitors of the site.</summary>
    private async Task SendLateClaimsAsync(HuntFixture sale, PeakLoad load, CancellationToken cancellationToken)
    {
        console.WriteLine($"Pausing the hunt; {sale.Plan.LateClaims.Count:N0} late claims …");
        await sale.ChangeAsync(adminClient, "pause", cancellationToken);
        await _readModels.WaitUntilShownAsync(sale.HuntId, "paused", sale.Plan.Treasures.Count, cancellationToken);
        await load.RunClosedLoopAsync(
            sale.Prepare(sale.Plan.LateClaims), new double?[sale.Plan.LateClaims.Count], cancellationToken);
    }

    private async Task AuditAsync(DemoState state, CancellationToken cancellationToken)
    {
        console.WriteLine("Auditing from the event store …");
        state.CaughtUp = await _readModels.WaitUntilCaughtUpAsync(cancellationToken) is { CaughtUp: true };
        state.WarmUpAudit = await AuditOfAsync(state.WarmUp, state.Timed, cancellationToken);
        state.SaleAudit = await AuditOfAsync(state.Sale, state.Timed, cancellationToken);
    }

    private Task<AuditResult> AuditOfAsync(HuntFixture hunt, IReadOnlySet<Guid> timed, CancellationToken cancellationToken) =>
        AuditResult.MakeAsync(adminClient, hunt.HuntId, hunt.Observations(), timed, timeProvider, cancellationToken);
}
