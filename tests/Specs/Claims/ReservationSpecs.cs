using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using Xunit;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>The numbered places that fence a player's limits. Their scopes are the storage format.</summary>
public class ReservationSpecs
{
    [Fact]
    public void An_award_takes_a_place_in_its_hunt() => Assert.Equal(
        [new("hunt-sale", "alice", 1, "goose", ClaimOf("alice", key: "earlier"))],
        Ledger.Needed(new QuotaReservations(), Awarded("alice"), huntLimited: true));

    [Fact]
    public void Without_a_limit_of_the_hunt_it_takes_one_in_its_treasure() => Assert.Equal(
        [new("treasure-goose", "alice", 1, "goose", ClaimOf("alice", key: "earlier"))],
        Ledger.Needed(new QuotaReservations(), Awarded("alice"), huntLimited: false));

    [Fact]
    public void A_wrong_proof_takes_a_place_of_its_own() => Assert.Equal(
        [new("proof-goose", "alice", 1, "goose", ClaimOf("alice"))],
        Ledger.Needed(new QuotaReservations(), Refused("proof-wrong"), huntLimited: true));

    [Theory]
    [InlineData("treasure-exhausted")]
    [InlineData("already-claimed")]
    [InlineData("player-limit-reached")]
    [InlineData("proof-missing")]
    [InlineData("too-many-attempts")]
    [InlineData("hunt-closed")]
    public void No_other_refusal_takes_a_place(string reason) =>
        Assert.Empty(Ledger.Needed(new QuotaReservations(), Refused(reason), huntLimited: true));

    [Fact]
    public void The_lowest_free_number_is_taken()
    {
        var reservations = new QuotaReservations();
        reservations.Add("hunt-sale", "alice", "goose", 2);
        reservations.Add("hunt-sale", "alice", "swan", 1);
        reservations.AddGap("hunt-sale", "alice", 2, 3);
        reservations.AddGap("hunt-sale", "alice", 5, 5);
        reservations.Add("hunt-sale", "bob", "goose", 1);
        reservations.Add("hunt-autumn", "alice", "duck", 1);

        // It holds 1, 4 and 6.
        Assert.Equal(
            [2, 3, 5, 7, 8],
            Enumerable.Range(0, 5).Select(_ => Assert.Single(Ledger.Needed(reservations, Awarded("alice"), huntLimited: true)).N));
    }

    [Fact]
    public void However_many_a_player_holds_the_next_number_is_found_at_once()
    {
        var reservations = new QuotaReservations();
        reservations.Add("hunt-sale", "alice", "goose", 1_000_000);

        Assert.Equal(1_000_001, Assert.Single(Ledger.Needed(reservations, Awarded("alice"), huntLimited: true)).N);
        Assert.Equal(1_000_002, Assert.Single(Ledger.Needed(reservations, Awarded("alice"), huntLimited: true)).N);
    }

    [Fact]
    public void How_a_player_stands_is_how_many_places_it_holds()
    {
        var reservations = new QuotaReservations();
        reservations.Add("hunt-sale", "alice", "swan", 1);
        reservations.Add("hunt-sale", "alice", "goose", 1);
        reservations.Add("proof-goose", "alice", "goose", 1);
        reservations.Add("hunt-sale", "bob", "swan", 1);
        reservations.Add("treasure-goose", "dora", "goose", 1);
        reservations.Add("refusals-goose", "dora", "goose", 1);

        Assert.Equal(new PlayerUsage(AwardsHere: 1, AwardsInHunt: 2, WrongProofs: 1), reservations.UsageOf("goose", "sale", "alice"));
        Assert.Equal(new PlayerUsage(AwardsHere: 0, AwardsInHunt: 1, WrongProofs: 0), reservations.UsageOf("goose", "sale", "bob"));
        Assert.Equal(
            new PlayerUsage(AwardsHere: 1, AwardsInHunt: 0, WrongProofs: 0, RefusalsFull: true),
            reservations.UsageOf("goose", "sale", "dora"));
        Assert.Equal(default, reservations.UsageOf("goose", "sale", "carol"));
    }

    private static ClaimRefused Refused(string reason) =>
        new("goose", "sale", ClaimOf("alice"), "alice", reason, 1, null, null, At("18:30"), At("18:45"));
}
