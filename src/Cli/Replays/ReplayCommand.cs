using System.CommandLine;
using Spectre.Console;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Replays;

/// <summary><c>hunt replay</c>: has a read model built anew beside the live one, while traffic goes on.</summary>
public static class ReplayCommand
{
    private const string All = "all";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    public static Command Create()
    {
        var model = new Argument<string>("read-model") { Description = $"{string.Join(", ", ReadModelNames.All)}, or all." };
        model.AcceptOnlyFromAmong([.. ReadModelNames.All, All]);
        var dryRun = new Option<bool>("--dry-run") { Description = "Build and compare the new generation, then throw it away." };
        var compare = new Option<bool>("--compare") { Description = "Compare all of both generations. Default: a sample." };
        var rollback = new Option<bool>("--rollback") { Description = "Bring the previous generation up to date and go back to it." };
        var json = JsonFile.Option();
        var against = CliSettings.AgainstOption();
        var operators = CliSettings.OperatorsOption();
        var command = new Command(
            "replay", "Build a read model anew from the event store, beside the live one, and let readers see it once it is complete.")
        {
            model, dryRun, compare, rollback, json, against, operators,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(rollback) && (result.GetValue(dryRun) || result.GetValue(compare)))
            {
                result.AddError("A rollback is neither tried nor compared: --rollback stands alone.");
            }
        });
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetRequiredValue(model),
            name => new StartReplayRequest(name, parsed.GetValue(dryRun), parsed.GetValue(compare), parsed.GetValue(rollback)),
            parsed.GetValue(json),
            CliSettings.Read(Environment.GetEnvironmentVariable, parsed.GetValue(against), parsed.GetValue(operators)),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        string model, Func<string, StartReplayRequest> request, string? json, CliSettings settings, CancellationToken cancellationToken)
    {
        using var desk = new AdminApiClient(
            settings.Url, settings.Operators, () => new Tokens(settings, TimeProvider.System).Admin(), TimeProvider.System);
        await desk.EnsureReachableAsync(cancellationToken);
        var replays = new List<ReplayStatus>();
        foreach (var name in model == All ? ReadModelNames.All : [model])
        {
            var asked = await desk.AskAsync<ReplayStatus>("/admin/replays", request(name), cancellationToken);
            var ended = await new ReplayProgress(AnsiConsole.Console, TimeProvider.System).WatchAsync(
                asked, () => desk.TryGetAsync<ReplayStatus>($"/admin/replays/{asked.Id}", cancellationToken), PollInterval,
                cancellationToken);
            AnsiConsole.MarkupLineInterpolated($"{ended.Summary}");
            foreach (var example in ended.Examples ?? [])
            {
                AnsiConsole.MarkupLineInterpolated($"    different: {example}");
            }

            replays.Add(ended);
            if (ended.State != "done")
            {
                break;
            }
        }

        await JsonFile.WriteAsync(json, ReplayFigures.Of(replays), cancellationToken);
        var compares = request(model) is { DryRun: true } or { Compare: true };
        var complaints = replays.Where(replay => replay.State == "done").Select(replay => replay.Complaint(compares)).OfType<string>()
            .ToList();
        complaints.ForEach(complaint => AnsiConsole.MarkupLineInterpolated($"{complaint}"));
        return complaints.Count == 0 && replays.All(replay => replay.State == "done") ? ExitCodes.Clean : ExitCodes.NotClean;
    }
}
