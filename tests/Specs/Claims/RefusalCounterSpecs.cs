using TreasureHunt.Commands.Claims.Refusals;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Claims.ClaimScenario;

namespace TreasureHunt.Specs.Claims;

/// <summary>The counter of recorded refusals.</summary>
public class RefusalCounterSpecs
{
    [Fact]
    public void Refusals_are_counted_by_treasure_and_player()
    {
        var refusals = new RefusalCounter();
        refusals.Add(Enumerable.Range(0, 19).Select(_ => Refused("alice")));

        Assert.Equal((19, 0), (refusals.CountOf("goose", "alice"), refusals.CountOf("goose", "bob")));
    }

    [Fact]
    public void Refusals_at_missing_treasures_are_counted_by_player_alone()
    {
        var refusals = new RefusalCounter();
        refusals.Add(
            Enumerable.Range(0, 19).Select(n => Refused("alice") with { TreasureId = $"invented-{n}", Reason = Reasons.TreasureNotFound }));

        Assert.Equal((19, 0), (refusals.CountOf("", "alice"), refusals.CountOf("invented-1", "alice")));
    }

    [Fact]
    public void The_memory_of_the_counter_is_bounded_and_keeps_frequent_players()
    {
        var refusals = new RefusalCounter();
        for (var n = 0; n < 300_000; n++)
        {
            refusals.Add([Refused($"player-{n}")]);
            if (n % 20_000 == 0)
            {
                refusals.Add([Refused("alice")]);
            }
        }

        Assert.Equal(15, refusals.CountOf("goose", "alice"));
        Assert.Equal(0, refusals.CountOf("goose", "player-1"));
    }

    private static ClaimRefused Refused(string player) =>
        new("goose", "sale", Guid.Empty, player, Reasons.TreasureExhausted, 1, null, null, default, default);
}
