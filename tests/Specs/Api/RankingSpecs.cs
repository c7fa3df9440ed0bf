using TreasureHunt.Api.Caching;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The ranks of a leaderboard.</summary>
public sealed class RankingSpecs
{
    [Fact]
    public void Equal_awards_share_a_rank_and_the_next_one_counts_those_before_it() => Assert.Equal(
        [(1, "carol", 5), (2, "alice", 3), (2, "bob", 3), (4, "dave", 1)],
        Ranked(10, ("dave", 1), ("bob", 3), ("carol", 5), ("alice", 3)));

    [Fact]
    public void Players_with_equal_awards_share_the_first_rank_in_alphabetical_order() => Assert.Equal(
        [(1, "p-a", 1), (1, "p-b", 1), (1, "p-c", 1)],
        Ranked(3, [.. "zyxwvutsrqponmlkjihgfedcba".Select(letter => ($"p-{letter}", 1))]));

    [Fact]
    public void Ids_are_ordered_as_Redis_orders_them() => Assert.Equal(
        [(1, "B", 1), (1, "a", 1), (1, "b", 1)],
        Ranked(10, ("b", 1), ("a", 1), ("B", 1)));

    [Fact]
    public void A_hunt_without_awards_has_an_empty_ranking() => Assert.Empty(Ranked(10));

    private static IEnumerable<(int, string, int)> Ranked(int top, params (string PlayerId, int Awards)[] players) =>
        Ranking.Of(players, top).Select(entry => (entry.Rank, entry.PlayerId, entry.Awards));
}
