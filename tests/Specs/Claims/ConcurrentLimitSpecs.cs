using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Claims.ConflictRetry;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The limits of a player hold between two workers.</summary>
public class ConcurrentLimitSpecs
{
    [Fact]
    public void The_limit_of_a_hunt_holds_between_treasures_decided_concurrently()
    {
        var ledger = History(Drafted(playerLimit: 1), Scheduled(), Hidden("goose"), Hidden("swan")).Ledger;
        var (goose, swan) = (ledger.Read(Claim("alice", "goose")), ledger.Read(Claim("alice", "swan")));

        Assert.True(goose.TryCommit(Now));
        Assert.False(swan.TryCommit(Now));

        DecideAgain(ledger, Claim("alice", "swan"), "player-limit-reached");
    }

    [Fact]
    public void Without_a_limit_different_treasures_do_not_conflict()
    {
        var ledger = Open(Hidden("goose"), Hidden("swan")).Ledger;
        var (goose, swan) = (ledger.Read(Claim("alice", "goose")), ledger.Read(Claim("alice", "swan")));

        Assert.True(goose.TryCommit(Now));
        Assert.True(swan.TryCommit(Now));
    }

    [Fact]
    public void The_limit_of_wrong_proofs_holds_between_two_workers()
    {
        var ledger = Open(Hidden(proof: UnderTheOldOak))
            .When([.. Enumerable.Range(1, 9).Select(n => Claim("alice", proof: "wrong", key: $"{n}"))]).Ledger;
        var (first, second) = (ledger.Read(Claim("alice", proof: "wrong", key: "a")), ledger.Read(
            Claim("alice", proof: "wrong", key: "b")));

        Assert.True(first.TryCommit(Now));
        Assert.False(second.TryCommit(Now));

        DecideAgain(ledger, Claim("alice", proof: "wrong", key: "b"), "too-many-attempts");
    }
}
