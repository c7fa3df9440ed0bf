using TreasureHunt.Contracts.Commands;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>Refusals at missing treasures share one limit for each player.</summary>
public class MissingTreasureRefusalSpecs
{
    // Callers can invent treasure ids, so refusals at missing treasures share one count.
    [Fact]
    public void Twenty_refusals_of_a_player_at_all_missing_treasures_together_are_recorded() => Open(Hidden())
        .When(Invented("alice", 15)).ThenRecorded(15)
        .When(Invented("alice", 15, from: 15)).ThenRecorded(5)
        .When(Claim("alice", "invented-99")).Then("alice: too-many-refusals #0").ThenRecorded(0)
        .When(Claim("alice")).Then("alice: won #1").ThenRecorded(1)
        .When(Claim("alice", key: "again")).Then("alice: already-claimed #2").ThenRecorded(1)
        .When(Claim("bob", "invented-99")).Then("bob: treasure-not-found #1").ThenRecorded(1);

    [Fact]
    public void A_refusal_at_a_missing_treasure_takes_no_reservation()
    {
        var scenario = Open(Hidden()).When(Claims("alice", 20, treasure: "invented")).ThenRecorded(20);

        Assert.Equal(0, scenario.Ledger.Reservations().Count);
    }

    private static AcceptedClaim[] Claims(string player, int count, string? proof = null, int from = 0, string treasure = Goose) =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, treasure, proof: proof, key: $"flood-{n}"))];

    private static AcceptedClaim[] Invented(string player, int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(n => Claim(player, $"invented-{n}"))];
}
