using System.CommandLine;
using Spectre.Console;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Replays;

/// <summary><c>hunt replay</c>: rebuilds a read model beside the live one while traffic goes on.</summary>
public static class ReplayCommand
{
    private const string All = "all";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var model = new Argument<string>("read-model") { Description = $"{string.Join(", ", ReadModelNames.All)}, or all." };
        model.AcceptOnlyFromAmong([.. ReadModelNames.All, All]);
        var dryRun = new Option<bool>("--dry-run") { Description = "Build and compare the new generation, then discard it." };
        var compare = new Option<bool>("--compare") { Description = "Compare all keys of both generations. Default: a sample." };
        var rollback = new Option<bool>("--rollback") { Description = "Bring the previous generation up to date and return to it." };
        var json = JsonFile.Option();
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command(
            "replay", "Rebuild a read model from the event store beside the live one, and switch readers to it when it is complete.")
        {
            model, dryRun, compare, rollback, json, against, operators,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(rollback) && (result.GetValue(dryRun) || result.GetValue(compare)))
            {
                result.AddError("--rollback goes with neither --dry-run nor --compare.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(model),
            name => new StartReplayRequest(name, parsed.GetValue(dryRun), parsed.GetValue(compare), parsed.GetValue(rollback)),
            parsed.GetValue(json),
            CliSettings.FromEnvironment(Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string model, Func<string, StartReplayRequest> request, string? json, CliSettings settings, CancellationToken cancellationToken)
    {
        var console = CliConsole.Standard;
        using var client = settings.CreateAdminClient(TimeProvider.System);
        await client.EnsureReachableAsync(cancellationToken);
        var replays = new List<ReplayStatus>();
        foreach (var name in model == All ? ReadModelNames.All : [model])
        {
            var started = await client.PostOnceAsync<ReplayStatus>("/admin/replays", request(name), cancellationToken);
            var ended = await new ReplayProgress(console, TimeProvider.System).WatchAsync(
                started, () => client.TryGetAsync<ReplayStatus>($"/admin/replays/{started.Id}", cancellationToken), PollInterval,
                cancellationToken);
            console.MarkupLineInterpolated($"{ended.Summary}");
            foreach (var example in ended.Examples ?? [])
            {
                console.MarkupLineInterpolated($"    different: {example}");
            }

            replays.Add(ended);
            if (ended.State != "done")
            {
                break;
            }
        }

        await JsonFile.WriteAsync(json, ReplayResults.Of(replays), cancellationToken);
        var compares = request(model) is { DryRun: true } or { Compare: true };
        var failures = replays.Where(replay => replay.State == "done").Select(replay => replay.Failure(compares)).OfType<string>()
            .ToList();
        failures.ForEach(failure => console.MarkupLineInterpolated($"{failure}"));
        return failures.Count == 0 && replays.All(replay => replay.State == "done") ? ExitCodes.Clean : ExitCodes.NotClean;
    }
}
