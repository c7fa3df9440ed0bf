using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Claims;

/// <summary>The same player, treasure and key are the same claim.</summary>
public sealed class KeyTests(SharedEngine engine) : EngineTests(engine)
{
    [Fact]
    public async Task A_repeated_key_gives_the_same_outcome_at_either_door()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 2);
        var alice = Engine.Player("alice");

        var first = await alice.Claim(treasureId, "key");
        var again = await alice.Claim(treasureId, "key");
        var elsewhere = await alice.At("api-2").Claim(treasureId, "key");

        Assert.Equal(Outcomes.Won, first.Outcome);
        Assert.Equal((first.Text, first.Text), (again.Text, elsewhere.Text));
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_key_repeated_at_the_same_moment_at_both_doors_is_one_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 100, stock: 100);

        var told =
            await Task.WhenAll(
                Enumerable.Range(0, 60).Select(n => Engine.Player("alice", n % 2 == 0 ? "api-1" : "api-2").Claim(treasureId, "key")));

        Assert.All(told, answer => Assert.Equal("200", answer.Problem));
        Assert.Single(
            told.Select(answer => (answer.ClaimId, answer.Outcome, answer.Number("position"), answer.Word("decidedAt"))).Distinct());
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task Another_key_or_another_player_is_another_claim()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 3);

        var claims = new[]
        {
            await Engine.Player("alice").Claim(treasureId, "key"),
            await Engine.Player("alice").Claim(treasureId, "other-key"),
            await Engine.Player("bob").Claim(treasureId, "key"),
        };

        Assert.All(claims, claim => Assert.Equal(Outcomes.Won, claim.Outcome));
        Assert.Equal([1L, 2L, 3L], claims.Select(claim => claim.Number("position")!.Value));
        Assert.Equal(3, claims.DistinctBy(claim => claim.ClaimId).Count());
    }

    [Fact]
    public async Task A_winner_who_asks_again_gets_the_win_after_the_last_unit_is_gone()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var won = await Engine.Player("alice").Claim(treasureId, "key");
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Word("status") == "exhausted");

        var again = await Engine.Player("alice", "api-2").Claim(treasureId, "key");
        var late = await Engine.Player("bob").Claim(treasureId, "key");

        Assert.Equal(("200", won.Text), (again.Problem, again.Text));
        Assert.Equal("409 treasure-exhausted", late.Problem);
    }

    [Fact]
    public async Task Who_does_not_wait_is_told_where_to_ask()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt());
        var alice = Engine.Player("alice");

        var accepted = await alice.Claim(treasureId, "key", wait: 0);
        var read = await alice.At("api-2").Get(accepted.Headers["Location"]);

        Assert.Equal(("202", Outcomes.Pending), (accepted.Problem, accepted.Outcome));
        Assert.Equal($"/v1/claims/{accepted.ClaimId}", accepted.Headers["Location"]);
        Assert.Equal("1", accepted.Headers["Retry-After"]);
        Assert.InRange(accepted.Number("pollAfterMs")!.Value, 1, 5000);
        Assert.Equal("200", read.Problem);
        Assert.Equal(Outcomes.Won, (await alice.Outcome(accepted.ClaimId)).Outcome);
    }

    [Fact]
    public async Task A_key_in_two_header_lines_is_refused_and_nothing_is_claimed()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 5, stock: 5);
        var alice = Engine.Player("alice");

        foreach (var second in (string[])["key", "other-key", ""])
        {
            var twice =
                await alice.PostLines(
                    $"/v1/treasures/{treasureId}/claims", "Idempotency-Key: key", $"Idempotency-Key: {second}", "Prefer: wait=20");
            Assert.StartsWith("HTTP/1.1 400 ", twice, StringComparison.Ordinal);
            Assert.Contains("idempotency-key-invalid", twice, StringComparison.Ordinal);
        }

        Assert.Equal(Outcomes.Won, (await alice.Claim(treasureId, "key")).Outcome);
        Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task A_key_sent_again_with_another_proof_is_refused_whether_or_not_the_caller_waits()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 5, stock: 5, proof: "oak");
        var alice = Engine.Player("alice");
        var wrong = await alice.Claim(treasureId, "key", "elm");
        Assert.Equal(Reasons.ProofWrong, wrong.Outcome);
        await alice.Outcome(wrong.ClaimId);

        foreach (var door in (string[])["api-1", "api-2"])
        {
            foreach (var wait in (int[])[20, 0])
            {
                Assert.Equal("422 idempotency-key-reused", (await alice.At(door).Claim(treasureId, "key", "oak", wait)).Problem);
                Assert.Equal("422 idempotency-key-reused", (await alice.At(door).Claim(treasureId, "key", null, wait)).Problem);
                var again = await alice.At(door).Claim(treasureId, "key", "elm", wait);
                Assert.Equal(("200", wrong.Text), (again.Problem, again.Text));
            }
        }

        Assert.Equal(Outcomes.Won, (await alice.Claim(treasureId, "another-key", "oak")).Outcome);
        Assert.Equal(2, (await Engine.Log.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task A_win_is_not_told_for_another_proof_after_the_last_unit_is_gone()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), proof: "oak");
        var alice = Engine.Player("alice");
        var won = await alice.Claim(treasureId, "key", "oak");
        Assert.Equal(Outcomes.Won, won.Outcome);
        await Engine.Nobody().SeesTreasure(treasureId, treasure => treasure.Word("status") == "exhausted");
        await alice.Outcome(won.ClaimId);

        Assert.Equal("422 idempotency-key-reused", (await alice.Claim(treasureId, "key", "elm")).Problem);
        Assert.Equal("200", (await alice.Claim(treasureId, "key", "oak")).Problem);
    }

    [Fact]
    public async Task Of_claims_with_one_key_and_two_proofs_at_the_same_moment_one_payload_is_decided_and_the_other_refused()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 100, stock: 100, proof: "oak");

        var told = await Task.WhenAll(Enumerable.Range(0, 40).Select(async n =>
            (Proof: n % 4 < 2
                ? "oak" : "elm", Answer: await Engine.Player("alice", n % 2 == 0 ? "api-1" : "api-2").Claim(
                    treasureId, "key", n % 4 < 2 ? "oak" : "elm"))));

        var decided = Assert.Single((await Engine.Log.OfTreasure(treasureId)).Decisions());
        var counted = decided.Outcome() == Outcomes.Won ? "oak" : "elm";
        Assert.All(told, one => Assert.Equal(one.Proof == counted ? "200" : "422 idempotency-key-reused", one.Answer.Problem));
    }

    [Fact]
    public async Task A_replayed_outcome_says_so_and_a_first_one_does_not()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), perPlayer: 2, stock: 2);
        var alice = Engine.Player("alice");

        var first = await alice.Claim(treasureId, "key");
        var waited = await alice.Claim(treasureId, "key");
        await alice.Outcome(first.ClaimId);
        var known = await alice.At("api-2").Claim(treasureId, "key", wait: 0);

        Assert.Equal(
            [null, "true", "true"],
            new[] { first, waited, known }.Select(answer => answer.Headers.GetValueOrDefault("Idempotency-Replayed")));
    }

    [Fact]
    public async Task No_proof_can_be_read_from_what_is_recorded_of_a_payload()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, proof: "under the bridge");
        await Engine.Player("alice").Claim(treasureId, "key", "under the bridge");
        await Engine.Player("bob").Claim(treasureId, "key", "under the bridge");

        var decisions = (await Engine.Log.OfTreasure(treasureId)).Decisions();

        Assert.Equal(2, decisions.Select(decision => decision.Fingerprint).Distinct().Count());
        Assert.All(decisions, decision => Assert.InRange(decision.Fingerprint!.Length, 1, 24));
        var feed = await Engine.Admin("projections-1").Get("/admin/events?types=treasure-awarded.v1,claim-refused.v1");
        Assert.DoesNotContain("fingerprint", feed.Text, StringComparison.OrdinalIgnoreCase);
    }
}
