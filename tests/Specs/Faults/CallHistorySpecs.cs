using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.History;
using Xunit;

namespace TreasureHunt.Specs.Faults;

public class CallHistorySpecs
{
    private static readonly Guid Id = Ids.ForClaim("alice", "goose", "key");
    private readonly CallHistory _history = new(TimeProvider.System);

    [Fact]
    public void An_open_call_has_an_unknown_result()
    {
        Begin(CallKind.Claim);

        var call = Assert.Single(_history.Calls());
        Assert.Equal((CallResult.Unknown, 0), (call.Result, call.Status));
        Assert.True(call.Ended >= call.Started);
    }

    [Fact]
    public void Calls_are_listed_in_the_order_of_their_start()
    {
        var (first, second) = (Begin(CallKind.Claim), Begin(CallKind.Claim));
        _history.End(second, 503);
        _history.End(first, 429);

        Assert.Equal([(1, 429), (2, 503)], _history.Calls().Select(call => (call.Number, call.Status)));
    }

    [Fact]
    public void The_history_is_written_as_one_line_for_each_call()
    {
        var path = Path.GetTempFileName();
        _history.End(Begin(CallKind.Claim), 200, null, Body(Outcomes.Won));
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

    private static string Body(string outcome) => FabricatedRun.ClaimBody("alice", "goose", outcome, null);

    private StartedCall Begin(CallKind kind) => _history.Begin(1, kind, kind == CallKind.Claim ? "goose" : Id.ToString(), "alice", Id);
}
