using System.Text.Json;
using Spectre.Console;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class FiguresSpecs
{
    private static readonly CliSettings Settings = new(
        new Uri("http://127.0.0.1:8080"), new Uri("http://127.0.0.1:8089"), new Dictionary<string, TokenIssuer>());
    private static readonly DemoOptions Options = new(
        new PlanSize(10, 100, 3, Seed: 4), From: null, Speed: 1, Stock: null, Callers: 8, WarmUp: 0, Quiet: 0, TimeSpan.FromSeconds(1),
        Json: null, Record: null);

    [Fact]
    public void The_json_has_the_names_that_others_read()
    {
        using var json = JsonDocument.Parse(
            JsonFile.Serialize(DemoResults.Of(Audited(FabricatedLog.OfASale().Award("alice", "goose", 1)), Settings, Options)));

        foreach (var name in new[] { "decidedPerSecond", "accepted", "decided", "doubleWinners", "lostClaims", "readModelDifferences", "toldDifferently", "seed", "seconds" })
        {
            Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).ValueKind);
        }

        foreach (var (name, parts) in new[] { ("outcomeMs", "p50 p95 p99 max"), ("projectionLagMs", "p50 p99") })
        {
            Assert.All(
                parts.Split(' '),
                part => Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).GetProperty(part).ValueKind));
        }
    }

    [Fact]
    public void A_sound_run_is_clean() =>
        Assert.True(DemoResults.Of(Audited(FabricatedLog.OfASale().Award("alice", "goose", 1)), Settings, Options).Clean);

    [Fact]
    public void A_run_whose_log_breaks_a_rule_is_not_clean()
    {
        var figures = DemoResults.Of(Audited(FabricatedLog.OfASale().Award("alice", "fox", 1).Award("bob", "fox", 2)), Settings, Options);

        Assert.False(figures.Clean);
        Assert.Equal(2, figures.DoubleWinners); // The same log stands for both hunts.
    }

    [Fact]
    public void A_run_in_which_the_engine_finds_a_difference_is_not_clean()
    {
        var log = FabricatedLog.OfASale().Award("alice", "goose", 1);
        var figures = DemoResults.Of(Audited(log, Sound with { ReadModelDifferences = 3 }), Settings, Options);

        Assert.False(figures.Clean);
        Assert.Equal(6, figures.ReadModelDifferences);
    }

    [Fact]
    public void An_audit_that_compared_nothing_is_not_clean() =>
        Assert.False(
            DemoResults.Of(
                Audited(FabricatedLog.OfASale().Award(
                    "alice", "goose", 1), Sound with { ReadModels = [new ReadModelAudit("treasures", 0, 0)] }), Settings, Options).Clean);

    [Fact]
    public void A_claim_that_nobody_knows_the_outcome_of_is_not_clean()
    {
        var log = FabricatedLog.OfASale().Award("alice", "goose", 1).Promise(
            FabricatedLog.Told("bob", "goose", outcome: null) with { Unsure = true });

        Assert.False(DemoResults.Of(Audited(log), Settings, Options).Clean);
    }

    [Fact]
    public void A_run_that_decided_nothing_proves_nothing() =>
        Assert.False(DemoResults.Of(Audited(FabricatedLog.OfASale()), Settings, Options).Clean);

    [Fact]
    public void A_refusal_that_should_not_happen_is_not_clean()
    {
        var state = Audited(FabricatedLog.OfASale().Award("alice", "goose", 1));
        state.Tally.Refuse(new ClaimReply(ClaimReplyKind.Refused, "unauthenticated"), TimeSpan.FromMilliseconds(1));

        Assert.False(DemoResults.Of(state, Settings, Options).Clean);
    }

    [Fact]
    public void What_was_not_audited_is_not_zero_but_unknown()
    {
        var figures = DemoResults.Of(Begun(), Settings, Options);

        Assert.Equal((null, null, null, null), (figures.Decided, figures.DoubleWinners, figures.LostClaims, figures.ReadModelDifferences));
        Assert.False(figures.Clean);
        Assert.Contains("nothing was proved", Print(figures), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_names_what_was_broken_and_shows_the_site()
    {
        var report = Print(
            DemoResults.Of(Audited(FabricatedLog.OfASale().Award("alice", "fox", 1).Award("bob", "fox", 2)), Settings, Options));

        Assert.Contains("no unit has two winners, no claim wins twice", report, StringComparison.Ordinal);
        Assert.Contains("BROKEN 2 times", report, StringComparison.Ordinal);
        Assert.Contains("bob won when all 1 units were taken", report, StringComparison.Ordinal);
        Assert.Contains("The audit is NOT clean.", report, StringComparison.Ordinal);
        Assert.Contains("The site: http://127.0.0.1:8080/?hunt=sale", report, StringComparison.Ordinal);
    }

    private static HuntAudit Sound => new("sale", 6, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, [new ReadModelAudit("treasures", 3, 0)], 0);

    private static DemoState Begun()
    {
        var tokens = new Tokens(Settings, TimeProvider.System);
        HuntFixture StageOf(string id) => new(id, id, WarmUpHunt.Make(1, 1).Plan, Settings.Url, tokens, TimeProvider.System);
        return new DemoState(StageOf("sale"), StageOf("backstage"));
    }

    private static DemoState Audited(FabricatedLog log, HuntAudit? engine = null)
    {
        var summary = new FeedSummary(new HashSet<Guid>());
        log.Entries.ForEach(summary.Observe);
        var verdict = AuditResult.Of(log.Check(), summary, engine ?? Sound, log.Promises);
        var state = Begun();
        (state.OfSale, state.OfBackstage, state.CaughtUp, state.Complete) = (verdict, verdict, true, true);
        state.Lag = new LagResponse(6, [new ReadModelLag("treasures", 6, 0, new LagMs(20, 80, 6))]);
        state.Tally.Decide(new ClaimReply(ClaimReplyKind.Decided, Outcomes.Won), TimeSpan.FromMilliseconds(12), first: true);
        return state;
    }

    private static string Print(DemoResults figures)
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 200;
        Report.Write(console, figures);
        return output.ToString();
    }
}
