using TreasureHunt.Cli.Demo;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class ReplaySpecs
{
    private static readonly TraceLine[] Evening =
    [
        new(0, "alice", "goose", "a1", null),
        new(100, "bob", "fox", "b1", "den"),
        new(150, "bob", "fox", "b1", "den"),
        new(200, "carol", "fox", "c1", "den"),
        new(250, "alice", "fox", "a2", "cave"),
        new(300, "dave", "fox", "d1", null),
    ];

    [Fact]
    public void The_same_claims_are_sent_at_the_same_times()
    {
        var plan = TracePlanner.Make(Evening, stock: null, speed: 1);

        Assert.Equal(
            Evening,
            plan.Storm.Select(
                claim =>
                    new TraceLine(
                        claim.OffsetMs, plan.Players[claim.Player], plan.Treasures[claim.Treasure].Slug, claim.Key, claim.Proof)));
    }

    [Fact]
    public void Twice_the_speed_is_half_the_time() =>
        Assert.Equal([0, 50, 75, 100, 125, 150], TracePlanner.Make(Evening, stock: null, speed: 2).Storm.Select(claim => claim.OffsetMs));

    [Fact]
    public void There_are_half_as_many_units_as_different_claims() =>
        Assert.Equal([1, 2], TracePlanner.Make(Evening, stock: null, speed: 1).Treasures.Select(treasure => treasure.Stock));

    [Fact]
    public void Or_as_many_as_were_asked_for() =>
        Assert.Equal([7, 7], TracePlanner.Make(Evening, stock: 7, speed: 1).Treasures.Select(treasure => treasure.Stock));

    [Fact]
    public void The_proof_brought_most_often_is_the_right_one() =>
        Assert.Equal([null, "den"], TracePlanner.Make(Evening, stock: null, speed: 1).Treasures.Select(treasure => treasure.Proof));

    [Fact]
    public void A_proof_that_few_bring_is_not_asked_for() =>
        Assert.Null(
            TracePlanner.Make(
                [.. Evening[..1], Evening[0] with { Key = "x" }, Evening[0] with { Key = "y", Proof = "nest" }], null,
                1).Treasures[0].Proof);
}
