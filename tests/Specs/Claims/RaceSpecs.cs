using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>Two workers decide on the same state: a lost lock, a paused process. One of them must lose, and decides again.</summary>
public class RaceSpecs
{
    private static readonly DateTimeOffset Now = At("18:45");

    [Fact]
    public void The_last_unit_is_given_once()
    {
        var ledger = Open(Hidden(stock: 1)).Ledger;
        var (first, second) = (ledger.Read(Claim("alice")), ledger.Read(Claim("bob")));

        Assert.True(second.TryCommit(Now));
        Assert.False(first.TryCommit(Now));

        DecideAgain(ledger, Claim("alice"), "treasure-exhausted");
    }

    [Fact]
    public void A_claim_delivered_to_both_is_recorded_once()
    {
        var ledger = Open(Hidden(stock: 5)).Ledger;
        var (first, second) = (ledger.Read(Claim("alice")), ledger.Read(Claim("alice")));

        Assert.True(first.TryCommit(Now));
        Assert.False(second.TryCommit(Now));

        DecideAgain(ledger, Claim("alice"), null);
        Assert.Single(ledger.Log, entry => entry.Id == ClaimOf("alice"));
    }

    [Fact]
    public void A_refusal_delivered_to_both_is_recorded_once()
    {
        var ledger = Open(Hidden(stock: 0)).Ledger;
        var (first, second) = (ledger.Read(Claim("alice")), ledger.Read(Claim("alice")));

        Assert.True(first.TryCommit(Now));
        Assert.False(second.TryCommit(Now));
    }

    [Fact]
    public void The_limit_of_a_hunt_holds_between_treasures_decided_at_the_same_time()
    {
        var ledger = History(Drafted(playerLimit: 1), Scheduled(), Hidden("goose"), Hidden("swan")).Ledger;
        var (goose, swan) = (ledger.Read(Claim("alice", "goose")), ledger.Read(Claim("alice", "swan")));

        Assert.True(goose.TryCommit(Now));
        Assert.False(swan.TryCommit(Now));

        DecideAgain(ledger, Claim("alice", "swan"), "player-limit-reached");
    }

    [Fact]
    public void A_batch_that_loses_one_treasure_records_nothing_of_the_others()
    {
        var ledger = Open(Hidden("goose"), Hidden("swan")).Ledger;
        var (both, one) = (ledger.Read(Claim("alice", "goose"), Claim("alice", "swan")), ledger.Read(Claim("bob", "swan")));
        Assert.True(one.TryCommit(Now));
        var recorded = ledger.Log.Count;

        Assert.False(both.TryCommit(Now));

        Assert.Equal(recorded, ledger.Log.Count);
    }

    [Fact]
    public void Without_a_limit_treasures_do_not_wait_for_each_other()
    {
        var ledger = Open(Hidden("goose"), Hidden("swan")).Ledger;
        var (goose, swan) = (ledger.Read(Claim("alice", "goose")), ledger.Read(Claim("alice", "swan")));

        Assert.True(goose.TryCommit(Now));
        Assert.True(swan.TryCommit(Now));
    }

    [Fact]
    public void A_unit_that_is_revoked_meanwhile_is_seen()
    {
        var ledger = Open(Hidden(stock: 2), Awarded("alice")).Ledger;
        var attempt = ledger.Read(Claim("bob"));

        Assert.Null(ledger.Handle(Revoke("alice")).Problem);
        Assert.False(attempt.TryCommit(Now));
    }

    [Fact]
    public void A_treasure_withdrawn_meanwhile_is_not_given()
    {
        var ledger = Open(Hidden(stock: 2)).Ledger;
        var attempt = ledger.Read(Claim("alice"));

        Assert.Null(ledger.Handle(Withdraw()).Problem);
        Assert.False(attempt.TryCommit(Now));

        DecideAgain(ledger, Claim("alice"), "treasure-withdrawn");
    }

    [Fact]
    public void Ten_wrong_proofs_stay_ten_between_two_workers()
    {
        var ledger = Open(Hidden(proof: UnderTheOldOak))
            .When([.. Enumerable.Range(1, 9).Select(n => Claim("alice", proof: "wrong", key: $"{n}"))]).Ledger;
        var (first, second) = (ledger.Read(Claim("alice", proof: "wrong", key: "a")), ledger.Read(
            Claim("alice", proof: "wrong", key: "b")));

        Assert.True(first.TryCommit(Now));
        Assert.False(second.TryCommit(Now));

        DecideAgain(ledger, Claim("alice", proof: "wrong", key: "b"), "too-many-attempts");
    }

    private static void DecideAgain(Ledger ledger, AcceptedClaim claim, string? reason)
    {
        var again = ledger.Read(claim);
        Assert.True(again.TryCommit(Now));
        Assert.Equal(reason, (Assert.Single(again.Outcomes) as ClaimRefused)?.Reason);
    }
}
