using Spectre.Console;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Demo;

/// <summary>One demo from the first hunt to the last figure.</summary>
public sealed class DemoRun(CliSettings settings, DemoOptions options, IAnsiConsole console, TimeProvider timeProvider)
{
    private const int QuietWarmUp = 50;
    private static readonly TimeSpan StormWait = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var plan = options.MakePlan();
        var behind = WarmUpHunt.Make(options.WarmUp, options.Quiet == 0 ? 0 : options.Quiet + QuietWarmUp);
        var tokens = new Tokens(settings, timeProvider);
        var huntId = $"demo-{Ids.FreshSlug()[..12]}";
        var sale = new HuntFixture(
            huntId, options.From is null ? $"Demo sale {options.Size.Seed}" : "Replayed sale", plan, settings.Url, tokens, timeProvider);
        var backstage = new HuntFixture($"{huntId}-backstage", "Backstage", behind.Plan, settings.Url, tokens, timeProvider);
        var state = new DemoState(sale, backstage);
        using var desk = new AdminApiClient(settings.Url, settings.Operators, () => tokens.Admin(), timeProvider);
        using var door = new ClaimsApiClient();
        CliException? trouble = null;
        try
        {
            await PlayAsync(state, behind, desk, door, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("Interrupted: this is what is known so far.");
        }
        catch (CliException complaint) when (state.Tally.Sent > 0)
        {
            trouble = complaint;
        }

        return await TellAsync(state, trouble);
    }

    private async Task PlayAsync(
        DemoState state, WarmUpHunt behind, AdminApiClient desk, ClaimsApiClient door, CancellationToken cancellationToken)
    {
        var readSide = new ReadSide(desk, timeProvider);
        await desk.EnsureReachableAsync(cancellationToken);
        console.WriteLine(
            $"Hiding {state.Sale.Plan.Treasures.Count:N0} treasures and making {state.Sale.Plan.Storm.Count:N0} claims ready …");
        await OpenAsync(state.Backstage, desk, readSide, cancellationToken);
        await OpenAsync(state.Sale, desk, readSide, cancellationToken);

        var backstageTally = new DemoTally();
        using var backstageCaller = new RetryingCaller(door, backstageTally, settings.Url, StormWait, options.Deadline, timeProvider);
        await new DemoProgress(console, timeProvider).WatchAsync(
            "warm-up", backstageTally, behind.WarmUp.Count, () => new PeakLoad(backstageCaller, options.Callers, timeProvider)
            .RushAsync(state.Backstage.MakeReady(behind.WarmUp), new double?[behind.WarmUp.Count], cancellationToken));
        await readSide.CatchUpAsync(cancellationToken);

        using var audience = options.Watchers == 0
            ? null : new SseLoad(settings.Api, state.Sale.HuntId, state.Sale.Plan.Treasures.Count, options.Watchers, timeProvider);
        await JoinAsync(state, audience, cancellationToken);
        using var caller = new RetryingCaller(door, state.Tally, settings.Url, StormWait, options.Deadline, timeProvider);
        await desk.CommandAsync("/admin/lag/reset", Ids.FreshSlug(), null, cancellationToken);
        await StormAsync(state, new PeakLoad(caller, options.Callers, timeProvider), cancellationToken);
        state.Lag = await readSide.CatchUpAsync(cancellationToken);
        if (audience is not null)
        {
            await audience.SettleAsync(desk, cancellationToken);
        }

        if (behind.Quiet.Count > 0)
        {
            console.WriteLine("One quiet caller …");
            state.Quiet = new LatencyProbe(door, backstageCaller, settings.Url, timeProvider);
            await state.Quiet.RunAsync(state.Backstage.MakeReady(behind.Quiet), QuietWarmUp, cancellationToken);
        }

        await LatecomersAsync(state.Sale, desk, readSide, new PeakLoad(caller, options.Callers, timeProvider), cancellationToken);
        await AuditAsync(state, desk, readSide, cancellationToken);
        state.Complete = true;
        await state.Sale.ChangeAsync(desk, "resume", cancellationToken);
        await state.Backstage.ChangeAsync(desk, "close", cancellationToken);
    }

    private async Task JoinAsync(DemoState state, SseLoad? audience, CancellationToken cancellationToken)
    {
        if (audience is null)
        {
            return;
        }

        console.WriteLine($"{audience.Size:N0} clients join the stream at {settings.Api} …");
        state.Audience = audience;
        await audience.JoinAsync(cancellationToken);
    }

    private static async Task OpenAsync(HuntFixture stage, AdminApiClient desk, ReadSide readSide, CancellationToken cancellationToken)
    {
        await stage.SetUpAsync(desk, cancellationToken);
        await readSide.ShowAsync(stage.HuntId, "open", stage.Plan.Treasures.Count, cancellationToken);
    }

    private async Task StormAsync(DemoState state, PeakLoad storm, CancellationToken cancellationToken)
    {
        var sends = state.Sale.MakeReady(state.Sale.Plan.Storm);
        state.Timed = sends.Select(send => send.History.ClaimId).ToHashSet();
        var started = timeProvider.GetTimestamp();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        try
        {
            await new DemoProgress(console, timeProvider).WatchAsync("storm", state.Tally, sends.Count, () => options.From is null
                ? storm.RushAsync(sends, state.SentAtMs, cancellationToken)
                : storm.KeepTimeAsync(sends, state.SentAtMs, cancellationToken));
        }
        finally
        {
            state.StormTime = timeProvider.GetElapsedTime(started);
            state.StormCpu = Environment.CpuUsage.TotalTime - cpuBefore;
        }
    }

    /// <summary>The hunt is paused, not closed: when the audit is done it goes on, for visitors of the site.</summary>
    private async Task LatecomersAsync(
        HuntFixture sale, AdminApiClient desk, ReadSide readSide, PeakLoad storm, CancellationToken cancellationToken)
    {
        console.WriteLine($"Pausing the hunt; {sale.Plan.Latecomers.Count:N0} latecomers …");
        await sale.ChangeAsync(desk, "pause", cancellationToken);
        await readSide.ShowAsync(sale.HuntId, "paused", sale.Plan.Treasures.Count, cancellationToken);
        await storm.RushAsync(sale.MakeReady(sale.Plan.Latecomers), new double?[sale.Plan.Latecomers.Count], cancellationToken);
    }

    private async Task AuditAsync(DemoState state, AdminApiClient desk, ReadSide readSide, CancellationToken cancellationToken)
    {
        console.WriteLine("Auditing from the event store …");
        state.CaughtUp = await readSide.CatchUpAsync(cancellationToken) is { CaughtUp: true };
        state.OfBackstage = await AuditResult.ReachAsync(
            desk, state.Backstage.HuntId, state.Backstage.Promises(), state.Timed, timeProvider, cancellationToken);
        state.OfSale = await AuditResult.ReachAsync(
            desk, state.Sale.HuntId, state.Sale.Promises(), state.Timed, timeProvider, cancellationToken);
    }

    private async Task<int> TellAsync(DemoState state, CliException? trouble)
    {
        var figures = DemoResults.Of(state, settings, options);
        Report.Write(console, figures);
        await JsonFile.WriteAsync(options.Json, figures, CancellationToken.None);
        if (options.Record is { } record)
        {
            await WriteTraceAsync(record, state);
        }

        if (trouble is not null)
        {
            throw trouble;
        }

        return !state.Complete ? ExitCodes.Interrupted : figures.Clean ? ExitCodes.Clean : ExitCodes.NotClean;
    }

    private static async Task WriteTraceAsync(string path, DemoState state)
    {
        await using var output = File.CreateText(path);
        Trace.Write(output, Trace.Of(state.Sale.Plan, state.SentAtMs));
    }
}
