using System.Text.Json;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;
using Xunit;

namespace TreasureHunt.Specs.Faults;

public class CallHistorySpecs
{
    private static readonly Guid Id = Ids.ForClaim("alice", "goose", "key");

    private readonly CallHistory _history = new(TimeProvider.System);

    [Fact]
    public void A_call_that_is_still_open_has_had_no_answer()
    {
        Begin(CallKind.Claim);

        var call = Assert.Single(_history.Calls());
        Assert.Equal((CallResult.Unknown, 0), (call.Result, call.Status));
        Assert.True(call.Ended >= call.Invoked);
    }

    [Fact]
    public void Calls_stand_in_the_order_in_which_they_were_begun()
    {
        var (first, second) = (Begin(CallKind.Claim), Begin(CallKind.Claim));
        _history.End(second, 503);
        _history.End(first, 429);

        Assert.Equal([(1, 429), (2, 503)], _history.Calls().Select(call => (call.Number, call.Status)));
    }

    [Fact]
    public void A_promise_is_what_was_told_over_all_calls_of_a_claim()
    {
        _history.End(Begin(CallKind.Claim), 503);
        _history.End(Begin(CallKind.Claim), 202, null, Told(Outcomes.Pending));
        _history.End(Begin(CallKind.Outcome), 200, "9", Told(Outcomes.Won));

        var promise = Assert.Single(_history.Promises());
        Assert.Equal((Id, "alice", "goose", Outcomes.Won), (promise.ClaimId, promise.PlayerId, promise.TreasureId, promise.Outcome));
        Assert.Equal((true, false, true, false), (promise.Accepted, promise.Refused, promise.Unsure, promise.Contradicted));
    }

    [Fact]
    public void Two_outcomes_contradict_each_other()
    {
        _history.End(Begin(CallKind.Claim), 200, null, Told(Outcomes.Won));
        _history.End(Begin(CallKind.Outcome), 200, "9", Told(Outcomes.Rejected));

        Assert.True(Assert.Single(_history.Promises()).Contradicted);
    }

    [Fact]
    public void The_outcome_of_another_claim_is_a_contradiction()
    {
        _history.End(Begin(CallKind.Claim), 200, null, FabricatedRun.ClaimBody("bob", "goose", Outcomes.Won, null));

        Assert.True(Assert.Single(_history.Promises()).Contradicted);
    }

    [Fact]
    public void Not_to_find_a_claim_is_no_refusal_of_it()
    {
        _history.End(Begin(CallKind.Claim), 503);
        _history.End(Begin(CallKind.Outcome), 404, null, FabricatedRun.ProblemBody(ProblemNames.ClaimNotFound));

        Assert.False(Assert.Single(_history.Promises()).Refused);
    }

    [Fact]
    public void A_full_intake_is_a_definite_no()
    {
        _history.End(Begin(CallKind.Claim), 429, null, FabricatedRun.ProblemBody(ProblemNames.IntakeFull));

        var promise = Assert.Single(_history.Promises());
        Assert.Equal((true, false), (promise.Refused, promise.Unsure));
    }

    [Fact]
    public void It_is_written_as_one_line_a_call()
    {
        var path = Path.GetTempFileName();
        _history.End(Begin(CallKind.Claim), 200, null, Told(Outcomes.Won));
        _history.End(Begin(CallKind.Claim), 503);
        _history.Write(path);

        var lines = File.ReadAllLines(path).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        File.Delete(path);
        Assert.Equal(["Ok", "Unknown"], lines.Select(line => line.GetProperty("result").GetString()));
        Assert.Equal(
            (1, "Claim", "won"),
            (lines[0].GetProperty("number").GetInt32(), lines[0].GetProperty("kind").GetString(), lines[0].GetProperty("outcome")
                .GetString()));
    }

    private static string Told(string outcome) => FabricatedRun.ClaimBody("alice", "goose", outcome, null);

    private Sent Begin(CallKind kind) => _history.Begin(1, kind, kind == CallKind.Claim ? "goose" : Id.ToString(), "alice", Id);
}
