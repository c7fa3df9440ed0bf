using TreasureHunt.Contracts;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.History;
using Xunit;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>Runs without violations.</summary>
public class CorrectRunSpecs
{
    [Fact]
    public void A_correct_run_has_no_violations() => Assert.Empty(OfASale()
        .Reads("dave", "goose", 0.5, 0, 2, "hidden", sequence: 2)
        .Claims("alice", "goose", 1, 2, 503)
        .Wins("alice", "goose", 3, 4)
        .Reads("dave", "goose", 4, 1, 2)
        .Polls("alice", "goose", 5, Outcomes.Won, sequence: 6)
        .Claims("bob", "goose", 1, 6)
        .Wins("bob", "goose", 6, 7)
        .Reads("dave", "goose", 7, 2, 2, "exhausted")
        .Call("dave", CallKind.Treasure, "goose", 8, 9, 304, 7)
        .Call("dave", CallKind.Treasure, "goose", 9, 10, 503, body: ProblemBody(ProblemNames.ReadModelUnavailable))
        .Loses("carol", "goose", 5, 8)
        .IsRefusedByApi("dave", "goose", 5, 6.5)
        .Claims("erin", "goose", 8, 9, 429, ProblemBody(ProblemNames.IntakeFull))
        .Claims("frank", "goose", 8, 9)
        .Check());

    [Fact]
    public void After_a_restock_the_Api_may_still_refuse_claims_as_exhausted() => Assert.Empty(OfASale()
        .Wins("alice", "fox", 1, 2)
        .Restock("fox", 1)
        .Wins("bob", "fox", 3, 4)
        .IsRefusedByApi("carol", "fox", 2.5, 2.6)
        .Check());

    [Fact]
    public void A_winner_may_be_refused_before_the_restock() => Assert.DoesNotContain(RetryRule.Name, OfASale()
        .Wins("alice", "fox", 1, 2)
        .IsRefusedByApi("bob", "fox", 2.1, 2.2)
        .Restock("fox", 1)
        .Wins("bob", "fox", 3, 4)
        .Check().Select(violation => violation.Name));

    [Fact]
    public void A_loser_may_be_refused_with_the_reason_of_its_outcome() => Assert.Empty(OfASale()
        .Wins("alice", "fox", 1, 2)
        .Loses("bob", "fox", 2.1, 2.2)
        .IsRefusedByApi("bob", "fox", 3, 4)
        .Check());

    [Fact]
    public void Another_client_may_read_an_older_position() => Assert.Empty(OfASale()
        .Wins("alice", "goose", 1, 2)
        .Reads("bob", "goose", 3, 1, 2)
        .Reads("carol", "goose", 4, 0, 2, sequence: 2)
        .Check());
}
