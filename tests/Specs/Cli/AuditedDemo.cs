using TreasureHunt.Cli;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Contracts;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Planning;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Specs.Cli;

/// <summary>A demo run that was audited.</summary>
internal static class AuditedDemo
{
    public static readonly CliSettings Settings = new(
        new Uri("http://127.0.0.1:8080"), new Uri("http://127.0.0.1:8089"), new Dictionary<string, TokenIssuer>());

    public static readonly DemoOptions Options = new(
        new PlanSize(10, 100, 3, Seed: 4), From: null, Speed: 1, Stock: null, Callers: 8, WarmUp: 0, Quiet: 0, TimeSpan.FromSeconds(1),
        Json: null, Record: null);

    public static HuntAudit Sound => new("sale", 6, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, [new ReadModelAudit("treasures", 3, 0)], 0, 0, 0);

    public static DemoState NewState()
    {
        var tokens = new TokenFactory(Settings.IssuerOf, TimeProvider.System);
        HuntFixture FixtureOf(string id) => new(id, id, WarmUpHunt.Make(1, 1).Plan, Settings.Url, tokens, TimeProvider.System);
        return new DemoState(FixtureOf("sale"), FixtureOf("warm-up"));
    }

    public static DemoState Audited(FabricatedFeed feed, HuntAudit? engine = null)
    {
        var summary = new FeedSummary(new HashSet<Guid>());
        feed.Entries.ForEach(summary.Observe);
        var result = AuditResult.Of(feed.Check(), summary, engine ?? Sound, feed.Observations);
        var state = NewState();
        (state.SaleAudit, state.WarmUpAudit, state.CaughtUp, state.Complete) = (result, result, true, true);
        state.Lag = new LagResponse(6, [new ReadModelLag("treasures", 6, 0, new LagMs(20, 80, 6))]);
        state.Tally.Decide(new ClaimReply(ClaimReplyKind.Decided, Outcomes.Won), TimeSpan.FromMilliseconds(12), first: true);
        return state;
    }
}
