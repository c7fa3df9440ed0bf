using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using Xunit;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The numbered reservations that enforce the limits of a player. Their scopes are part of the storage format.</summary>
public class QuotaReservationSpecs
{
    [Fact]
    public void An_award_takes_a_reservation_of_its_hunt() => Assert.Equal(
        [new("hunt-sale", "alice", 1, "goose", ClaimOf("alice", key: "earlier"))],
        Ledger.NeededReservations(new QuotaReservations(), Awarded("alice"), huntLimited: true));

    [Fact]
    public void Without_a_limit_of_the_hunt_an_award_takes_a_reservation_of_its_treasure() => Assert.Equal(
        [new("treasure-goose", "alice", 1, "goose", ClaimOf("alice", key: "earlier"))],
        Ledger.NeededReservations(new QuotaReservations(), Awarded("alice"), huntLimited: false));

    [Fact]
    public void A_wrong_proof_takes_a_reservation_of_its_own_scope() => Assert.Equal(
        [new("proof-goose", "alice", 1, "goose", ClaimOf("alice"))],
        Ledger.NeededReservations(new QuotaReservations(), Refused("proof-wrong"), huntLimited: true));

    [Theory]
    [InlineData("treasure-exhausted")]
    [InlineData("already-claimed")]
    [InlineData("player-limit-reached")]
    [InlineData("proof-missing")]
    [InlineData("too-many-attempts")]
    [InlineData("hunt-closed")]
    public void No_other_refusal_takes_a_reservation(string reason) =>
        Assert.Empty(Ledger.NeededReservations(new QuotaReservations(), Refused(reason), huntLimited: true));

    [Fact]
    public void The_usage_of_a_player_is_the_number_of_its_reservations()
    {
        var reservations = new QuotaReservations();
        reservations.Add("hunt-sale", "alice", "swan", 1);
        reservations.Add("hunt-sale", "alice", "goose", 1);
        reservations.Add("proof-goose", "alice", "goose", 1);
        reservations.Add("hunt-sale", "bob", "swan", 1);
        reservations.Add("treasure-goose", "dora", "goose", 1);
        reservations.Add("refusals-goose", "dora", "goose", 1);

        Assert.Equal(new PlayerUsage(AwardsOfTreasure: 1, AwardsInHunt: 2, WrongProofs: 1), reservations.UsageOf("goose", "sale", "alice"));
        Assert.Equal(new PlayerUsage(AwardsOfTreasure: 0, AwardsInHunt: 1, WrongProofs: 0), reservations.UsageOf("goose", "sale", "bob"));
        Assert.Equal(
            new PlayerUsage(AwardsOfTreasure: 1, AwardsInHunt: 0, WrongProofs: 0, HasMaxRefusals: true),
            reservations.UsageOf("goose", "sale", "dora"));
        Assert.Equal(default, reservations.UsageOf("goose", "sale", "carol"));
    }

    private static ClaimRefused Refused(string reason) =>
        new("goose", "sale", ClaimOf("alice"), "alice", reason, 1, null, null, At("18:30"), At("18:45"));
}
