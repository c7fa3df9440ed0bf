using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Responses of the Api while no worker runs.</summary>
[Collection(nameof(OutageGroup))]
public sealed class WorkerOutageResponseTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task Only_a_command_with_a_key_gets_Retry_After_while_no_worker_runs()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());

        var answers = await Task.WhenAll(
            Engine.Admin().Post($"/v1/treasures/{treasureId}/restock", new { units = 1 }, ("Idempotency-Key", "key")),
            Engine.Admin().Post($"/v1/treasures/{treasureId}/restock", new { units = 1 }));

        Assert.All(answers, answer => Assert.Equal("503 outcome-unknown", answer.Problem));
        Assert.All(answers, answer => Assert.DoesNotContain("again", answer.TextOf("title")!, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("again with the same Idempotency-Key", answers[0].TextOf("detail"), StringComparison.Ordinal);
        Assert.Contains("Retry-After", answers[0].Headers.Keys);
        Assert.DoesNotContain("again", answers[1].TextOf("detail"), StringComparison.Ordinal);
        Assert.DoesNotContain("Retry-After", answers[1].Headers.Keys);
    }

    [Fact]
    public async Task A_repeated_claim_gets_its_outcome_while_no_worker_runs()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, perPlayer: 5, proof: "oak");
        var alice = Engine.Player("alice");
        var won = await alice.Claim(treasureId, "key", "oak");
        Assert.Equal(Outcomes.Won, won.Outcome);
        await alice.WaitForOutcome(won.ClaimId);
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());

        var again = await alice.Claim(treasureId, "key", "oak", wait: 1);

        Assert.Equal(("200", won.Text, "true"), (again.Problem, again.Text, again.Headers.GetValueOrDefault("Idempotency-Replayed")));
        Assert.Equal("422 idempotency-key-reused", (await alice.Claim(treasureId, "key", "elm", wait: 1)).Problem);
        Assert.Equal("202", (await alice.Claim(treasureId, "another-key", "oak", wait: 1)).Problem);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_claim_with_a_202_can_be_read_while_no_worker_runs(int wait)
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());
        var alice = Engine.Player("alice");

        var accepted = await alice.Claim(treasureId, "key", wait: wait);

        Assert.Equal("202", accepted.Problem);
        var read = await alice.Get($"/v1/claims/{accepted.ClaimId}");
        Assert.Equal(("200", Outcomes.Pending), (read.Problem, read.Outcome));
    }
}
