using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Projections.Audit;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Projections;

/// <summary>What the engine's audit counts besides the rules: the order of receipt, and the rows of the streams.</summary>
public class HuntTallySpecs
{
    private readonly HuntTally _tally = new();

    public HuntTallySpecs()
    {
        _tally.CountEvent("hunt-sale", 1, Drafted());
        _tally.CountEvent("treasure-goose", 1, Hidden("goose", stock: 9));
        _tally.CountEvent("treasure-swan", 1, Hidden("swan", stock: 9));
    }

    [Fact]
    public void Claims_in_the_order_of_their_receipt_are_no_inversions()
    {
        Refuse("goose", 1, "18:30:01");
        Refuse("goose", 2, "18:30:01");
        Refuse("goose", 3, "18:30:02");

        Assert.Equal((0, 0.0), Inversions());
    }

    [Fact]
    public void A_claim_that_was_received_before_a_claim_decided_earlier_is_an_inversion()
    {
        Refuse("goose", 1, "18:30:02");
        Refuse("goose", 2, "18:30:01.9995");
        Refuse("goose", 3, "18:30:01");
        Refuse("goose", 4, "18:30:03");

        Assert.Equal((2, 1000.0), Inversions());
    }

    [Fact]
    public void Claims_of_different_treasures_are_no_inversions()
    {
        Refuse("goose", 1, "18:30:02");
        Refuse("swan", 1, "18:30:01");

        Assert.Equal((0, 0.0), Inversions());
    }

    [Fact]
    public void An_inversion_breaks_no_rule()
    {
        Refuse("goose", 1, "18:30:02");
        Refuse("goose", 2, "18:30:01");

        Assert.True(_tally.ToReport("sale", []).IsClean);
    }

    [Fact]
    public void A_stream_whose_row_is_missing_or_behind_its_events_is_a_version_gap()
    {
        Refuse("goose", 1, "18:30:01");
        _tally.CompareStreams(new Dictionary<string, long> { ["hunt-sale"] = 1, ["treasure-goose"] = 0, ["refusals-goose"] = 7 });

        Assert.Equal(2, _tally.ToReport("sale", []).VersionGaps);
    }

    private void Refuse(string treasureId, long version, string received) => _tally.CountEvent(
        $"refusals-{treasureId}",
        version,
        new ClaimRefused(
            treasureId, "sale", Ids.Fresh(), "alice", Reasons.TreasureExhausted, version, null, null, At(received), At("18:45")));

    private (int, double) Inversions()
    {
        var report = _tally.ToReport("sale", []);
        return (report.Inversions, report.LongestInversionMs);
    }
}
