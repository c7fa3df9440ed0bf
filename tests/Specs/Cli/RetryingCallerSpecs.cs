using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class RetryingCallerSpecs
{
    private const string WonBody = """{"outcome":"won","reason":null}""";
    private static readonly Uri Url = new("http://engine.test");

    private readonly ClaimTally _tally = new();
    private readonly PreparedClaim _send = new(
        new ClaimCall(new Uri(Url, "/v1/treasures/goose/claims"), "Bearer alice", "key", Encoding.UTF8.GetBytes("""{"proof":"nest"}""")),
        new ClaimHistory(Ids.ForClaim("alice", "goose", "key"), "alice", "goose", proofRight: true),
        OffsetMs: 0);

    [Fact]
    public async Task A_claim_is_sent_with_its_key_token_proof_and_wait_preference()
    {
        var engine = new FakeEngine((200, WonBody));

        await CallAsync(engine);

        Assert.Equal(["POST /v1/treasures/goose/claims"], engine.Requests);
        Assert.Equal(["Bearer alice key wait=10 {\"proof\":\"nest\"}"], engine.Contents);
        Assert.Equal((1, 1, 1, 0), (_tally.Sent, _tally.Decided, _tally.Won, _tally.Retried));
    }

    [Fact]
    public async Task A_request_without_an_outcome_is_repeated_with_the_same_key()
    {
        var engine = new FakeEngine((503, "{}"), (429, "{}"), (0, "connection lost"), (200, WonBody));

        await CallAsync(engine);

        Assert.Equal(4, engine.Contents.Count);
        Assert.Single(engine.Contents.Distinct());
        Assert.Equal((1, 1, 3), (_tally.Sent, _tally.Won, _tally.Retried));
        Assert.Equal(["connection-lost", "http-429", "http-503"], _tally.Troubles.Keys.Order());
        Assert.Equal((true, Outcomes.Won), (_send.History.Observation.Unsure, _send.History.Observation.Outcome));
    }

    [Fact]
    public async Task A_refusal_by_the_Api_is_a_final_reply()
    {
        await CallAsync(new FakeEngine((409, """{"type":"urn:treasure-hunt:problem:treasure-exhausted"}""")));

        Assert.Equal([new("treasure-exhausted", 1)], _tally.RefusedByProblem);
        Assert.Equal(0, _tally.Decided);
    }

    [Fact]
    public async Task An_accepted_claim_is_polled_until_its_outcome_is_known()
    {
        var engine = new FakeEngine(
            (202, """{"outcome":"pending","pollAfterMs":1}"""), (200, """{"outcome":"pending","pollAfterMs":1}"""), (503, "{}"),
            (200, WonBody));

        await CallAsync(engine);

        Assert.Equal(["POST /v1/treasures/goose/claims", .. Enumerable.Repeat("GET /v1/claims/at-location", 3)], engine.Requests);
        Assert.Equal((1, 0), (_tally.Won, _tally.GaveUp));
        Assert.False(_send.History.Observation.OutcomeUnknown);
    }

    [Fact]
    public async Task At_its_deadline_a_claim_is_abandoned_and_its_outcome_stays_unknown()
    {
        await CallAsync(new FakeEngine((503, "{}")), deadline: TimeSpan.FromMilliseconds(120));

        Assert.Equal((1, 0), (_tally.GaveUp, _tally.Decided));
        Assert.True(_send.History.Observation.OutcomeUnknown);
    }

    private async Task CallAsync(FakeEngine engine, TimeSpan? deadline = null)
    {
        var time = new AutoAdvancingTime();
        using var client = new ClaimsApiClient(engine);
        using var caller = new RetryingCaller(client, _tally, Url, TimeSpan.FromSeconds(10), deadline ?? TimeSpan.FromSeconds(30), time);
        await caller.CallAsync(_send, time.GetTimestamp(), TestContext.Current.CancellationToken);
        await caller.WaitForOutcomesAsync();
    }
}
