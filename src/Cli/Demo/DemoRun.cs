using Spectre.Console;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Planning;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Cli.Demo;

/// <summary>Runs a demo: prepares its hunts, runs its phases, reports.</summary>
public sealed class DemoRun(CliSettings settings, DemoOptions options, IAnsiConsole console, TimeProvider timeProvider)
{
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var plan = options.MakePlan();
        var warmUp = WarmUpHunt.Make(options.WarmUp, options.Quiet == 0 ? 0 : options.Quiet + DemoPhases.ProbeWarmUp);
        var tokens = new TokenFactory(settings.IssuerOf, timeProvider);
        var huntId = $"demo-{Ids.FreshSlug()[..12]}";
        var saleName = options.From is null ? $"Demo sale {options.Size.Seed}" : "Replayed sale";
        var state = new DemoState(
            new HuntFixture(huntId, saleName, plan, settings.Url, tokens, timeProvider),
            new HuntFixture($"{huntId}-warm-up", "Warm-up", warmUp.Plan, settings.Url, tokens, timeProvider));
        using var adminClient = new AdminApiClient(settings.Url, settings.Operators, () => tokens.Admin(), timeProvider);
        using var claimsClient = new ClaimsApiClient();
        Exception? failure = null;
        try
        {
            await new DemoPhases(settings, options, console, timeProvider, adminClient, claimsClient).RunAsync(
                state, warmUp, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.WriteLine("Interrupted. The report covers the part before.");
        }
        catch (Exception exception) when (exception is CliException or LoadException && state.Tally.Sent > 0)
        {
            failure = exception;
        }

        return await ReportAsync(state, failure);
    }

    private async Task<int> ReportAsync(DemoState state, Exception? failure)
    {
        var results = DemoResults.Of(state, settings, options);
        Report.Write(console, results);
        await JsonFile.WriteAsync(options.Json, results, CancellationToken.None);
        if (options.Record is { } record)
        {
            await WriteTraceAsync(record, state);
        }

        if (failure is not null)
        {
            throw new CliException(failure.Message, failure);
        }

        return !state.Complete ? ExitCodes.Interrupted : results.Clean ? ExitCodes.Clean : ExitCodes.NotClean;
    }

    private static async Task WriteTraceAsync(string path, DemoState state)
    {
        await using var output = File.CreateText(path);
        Trace.Write(output, Trace.Of(state.Sale.Plan, state.SentAtMs));
    }
}
