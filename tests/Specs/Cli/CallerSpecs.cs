using System.Text;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class CallerSpecs
{
    private const string WonBody = """{"outcome":"won","reason":null}""";
    private static readonly Uri Url = new("http://engine.test");

    private readonly DemoTally _tally = new();
    private readonly Send _send = new(
        new ClaimCall(new Uri(Url, "/v1/treasures/goose/claims"), "Bearer alice", "key", Encoding.UTF8.GetBytes("""{"proof":"nest"}""")),
        new ClaimHistory(Ids.ForClaim("alice", "goose", "key"), "alice", "goose", proofRight: true),
        OffsetMs: 0);

    [Fact]
    public async Task A_claim_is_sent_with_its_key_its_token_its_proof_and_a_wish_to_wait()
    {
        var engine = new FakeEngine((200, WonBody));

        await CallAsync(engine);

        Assert.Equal(["POST /v1/treasures/goose/claims"], engine.Asked);
        Assert.Equal(["Bearer alice key wait=10 {\"proof\":\"nest\"}"], engine.Sent);
        Assert.Equal((1, 1, 1, 0), (_tally.Sent, _tally.Decided, _tally.Won, _tally.Retried));
    }

    [Fact]
    public async Task Whatever_leaves_the_outcome_open_is_repeated_with_the_same_key()
    {
        var engine = new FakeEngine((503, "{}"), (429, "{}"), (0, "connection lost"), (200, WonBody));

        await CallAsync(engine);

        Assert.Equal(4, engine.Sent.Count);
        Assert.Single(engine.Sent.Distinct());
        Assert.Equal((1, 1, 3), (_tally.Sent, _tally.Won, _tally.Retried));
        Assert.Equal(["connection-lost", "http-429", "http-503"], _tally.Troubles.Keys.Order());
        Assert.Equal((true, Outcomes.Won), (_send.History.Promise.Unsure, _send.History.Promise.Outcome));
    }

    [Fact]
    public async Task A_refusal_at_the_door_is_taken_for_an_answer()
    {
        await CallAsync(new FakeEngine((409, """{"type":"urn:treasure-hunt:problem:treasure-exhausted"}""")));

        Assert.Equal([new("treasure-exhausted", 1)], _tally.RefusedByProblem);
        Assert.Equal(0, _tally.Decided);
    }

    [Fact]
    public async Task An_accepted_claim_is_asked_after_until_its_outcome_is_known()
    {
        var engine = new FakeEngine(
            (202, """{"outcome":"pending","pollAfterMs":1}"""), (200, """{"outcome":"pending","pollAfterMs":1}"""), (503, "{}"),
            (200, WonBody));

        await CallAsync(engine);

        Assert.Equal(["POST /v1/treasures/goose/claims", .. Enumerable.Repeat("GET /v1/claims/at-location", 3)], engine.Asked);
        Assert.Equal((1, 0), (_tally.Won, _tally.GaveUp));
        Assert.False(_send.History.Promise.OutcomeUnknown);
    }

    [Fact]
    public async Task At_its_deadline_a_claim_is_given_up_and_stays_unknown()
    {
        await CallAsync(new FakeEngine((503, "{}")), deadline: TimeSpan.FromMilliseconds(120));

        Assert.Equal((1, 0), (_tally.GaveUp, _tally.Decided));
        Assert.True(_send.History.Promise.OutcomeUnknown);
    }

    private async Task CallAsync(FakeEngine engine, TimeSpan? deadline = null)
    {
        var time = new HurriedTime();
        using var door = new ClaimsApiClient(engine);
        using var caller = new RetryingCaller(door, _tally, Url, TimeSpan.FromSeconds(10), deadline ?? TimeSpan.FromSeconds(30), time);
        await caller.CallAsync(_send, time.GetTimestamp(), TestContext.Current.CancellationToken);
        await caller.FollowedAsync();
    }
}
