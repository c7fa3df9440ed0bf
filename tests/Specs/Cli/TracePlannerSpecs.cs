using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class TracePlannerSpecs
{
    private static readonly TraceLine[] RecordedTrace =
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
        var plan = TracePlanner.Make(RecordedTrace, stock: null, speed: 1);

        Assert.Equal(
            RecordedTrace,
            plan.PeakClaims.Select(
                claim =>
                    new TraceLine(
                        claim.OffsetMs, plan.Players[claim.Player], plan.Treasures[claim.Treasure].Slug, claim.Key, claim.Proof)));
    }

    [Fact]
    public void Twice_the_speed_takes_half_the_time() =>
        Assert.Equal(
            [0, 50, 75, 100, 125, 150], TracePlanner.Make(RecordedTrace, stock: null, speed: 2).PeakClaims.Select(claim => claim.OffsetMs));

    [Fact]
    public void The_default_stock_is_half_the_number_of_different_claims() =>
        Assert.Equal([1, 2], TracePlanner.Make(RecordedTrace, stock: null, speed: 1).Treasures.Select(treasure => treasure.Stock));

    [Fact]
    public void The_stock_can_be_set() =>
        Assert.Equal([7, 7], TracePlanner.Make(RecordedTrace, stock: 7, speed: 1).Treasures.Select(treasure => treasure.Stock));

    [Fact]
    public void The_most_frequent_proof_is_the_right_one() =>
        Assert.Equal([null, "den"], TracePlanner.Make(RecordedTrace, stock: null, speed: 1).Treasures.Select(treasure => treasure.Proof));

    [Fact]
    public void A_rare_proof_is_not_required() =>
        Assert.Null(
            TracePlanner.Make(
                [.. RecordedTrace[..1], RecordedTrace[0] with { Key = "x" }, RecordedTrace[0] with { Key = "y", Proof = "nest" }], null,
                1).Treasures[0].Proof);
}
