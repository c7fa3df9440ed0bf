using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Claims.ConflictRetry;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>Two workers decide on the same state, for example after a lost lock. One of them gets a conflict and decides again.</summary>
public class ConcurrentDecisionSpecs
{
    [Fact]
    public void The_last_unit_is_awarded_once()
    {
        var ledger = Open(Hidden(stock: 1)).Ledger;
        var (first, second) = (ledger.Read(Claim("alice")), ledger.Read(Claim("bob")));

        Assert.True(second.TryCommit(Now));
        Assert.False(first.TryCommit(Now));

        DecideAgain(ledger, Claim("alice"), "treasure-exhausted");
    }

    [Fact]
    public void A_claim_delivered_to_both_workers_is_recorded_once()
    {
        var ledger = Open(Hidden(stock: 5)).Ledger;
        var (first, second) = (ledger.Read(Claim("alice")), ledger.Read(Claim("alice")));

        Assert.True(first.TryCommit(Now));
        Assert.False(second.TryCommit(Now));

        DecideAgain(ledger, Claim("alice"), null);
        Assert.Single(ledger.Entries, entry => entry.Id == ClaimOf("alice"));
    }

    [Fact]
    public void A_refused_claim_delivered_to_both_workers_is_recorded_once()
    {
        var ledger = Open(Hidden(stock: 0)).Ledger;
        var (first, second) = (ledger.Read(Claim("alice")), ledger.Read(Claim("alice")));

        Assert.True(first.TryCommit(Now));
        Assert.False(second.TryCommit(Now));
    }

    [Fact]
    public void A_batch_with_a_conflict_on_one_treasure_records_nothing()
    {
        var ledger = Open(Hidden("goose"), Hidden("swan")).Ledger;
        var (both, one) = (ledger.Read(Claim("alice", "goose"), Claim("alice", "swan")), ledger.Read(Claim("bob", "swan")));
        Assert.True(one.TryCommit(Now));
        var recorded = ledger.Entries.Count;

        Assert.False(both.TryCommit(Now));

        Assert.Equal(recorded, ledger.Entries.Count);
    }
}
