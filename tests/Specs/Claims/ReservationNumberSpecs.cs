using TreasureHunt.Domain.Claims;
using Xunit;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>The numbers of new reservations.</summary>
public class ReservationNumberSpecs
{
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
            Enumerable.Range(0, 5).Select(
                _ => Assert.Single(Ledger.NeededReservations(reservations, Awarded("alice"), huntLimited: true)).Number));
    }

    [Fact]
    public void The_next_number_is_found_without_a_search_among_a_million_reservations()
    {
        var reservations = new QuotaReservations();
        reservations.Add("hunt-sale", "alice", "goose", 1_000_000);

        Assert.Equal(1_000_001, Assert.Single(Ledger.NeededReservations(reservations, Awarded("alice"), huntLimited: true)).Number);
        Assert.Equal(1_000_002, Assert.Single(Ledger.NeededReservations(reservations, Awarded("alice"), huntLimited: true)).Number);
    }
}
