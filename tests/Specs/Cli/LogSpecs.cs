using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Cli.FabricatedLog;

namespace TreasureHunt.Specs.Cli;

public class LogSpecs
{
    [Fact]
    public void A_line_of_the_log_is_read_with_its_event()
    {
        var entry = FeedEvent.Parse(
            """
            {"sequence":7,"streamKey":"treasure-goose","version":3,"type":"treasure-awarded.v1","id":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","at":"2026-11-23T18:00:01Z",
             "data":{"treasureId":"goose","huntId":"sale","claimId":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","playerId":"alice","position":2,
                     "acceptedAt":"2026-11-23T18:00:00Z","decidedAt":"2026-11-23T18:00:01Z"}}
            """);

        Assert.Equal((7, "treasure-goose", 3), (entry.Sequence, entry.StreamKey, entry.Version));
        var awarded = Assert.IsType<TreasureAwarded>(entry.Event);
        Assert.Equal(("alice", entry.Id, At(0)), (awarded.PlayerId, awarded.ClaimId, awarded.AcceptedAt));
    }

    [Fact]
    public void A_line_with_a_name_that_we_do_not_know_is_read_without_its_event() =>
        Assert.Null(
            FeedEvent.Parse(
                """{"sequence":1,"streamKey":"x","version":1,"type":"new.v1","id":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","at":"2026-11-23T18:00:01Z","data":{}}""").Event);

    [Fact]
    public void The_summary_counts_what_the_log_says()
    {
        var log = OfASale()
            .Award("alice", "goose", 1)
            .Award("bob", "goose", 2)
            .Revoke("bob", "goose", 3)
            .Award("alice", "fox", 4)
            .Refuse("bob", "fox", 5, Reasons.TreasureExhausted)
            .Refuse("carol", "fox", 6, Reasons.TreasureExhausted);

        var summary = Summarize(log);

        Assert.Equal((5, 3), (summary.Decided, summary.Won));
        Assert.Equal((3, 1, 12), (summary.Treasures, summary.SoldOut, summary.Units));
        Assert.Equal([new(Reasons.TreasureExhausted, 2)], summary.RejectedByReason);
        Assert.True(summary.Holds(ClaimId("carol", "fox")));
        Assert.False(summary.Holds(ClaimId("carol", "goose")));
    }

    [Fact]
    public void Three_thousand_treasures_with_a_million_units_each_are_counted()
    {
        var log = OfASale();
        for (var n = 0; n < 3_000; n++)
        {
            log.Write(-5, StreamNames.Treasure($"t{n}"), new TreasureHidden($"t{n}", Hunt, At(-5), "T", 1_000_000, 1, null, []));
        }

        Assert.Equal(3_000_000_012, Summarize(log).Units);
    }

    [Fact]
    public void The_pace_is_that_of_the_timed_claims_by_the_times_in_the_log()
    {
        var log = OfASale().Award("alice", "goose", 1).Award("bob", "goose", 2).Award("carol", "fox", 4.9).Refuse(
            "dave", "fox", 90, Reasons.HuntPaused);

        var summary = Summarize(log, [ClaimId("alice", "goose"), ClaimId("bob", "goose"), ClaimId("carol", "fox"), ClaimId("erin", "fox")]);

        Assert.Equal(TimeSpan.FromSeconds(4), summary.Span);
        Assert.Equal(0.75, summary.DecidedPerSecond, 6);
    }

    [Fact]
    public void Nothing_decided_has_no_pace() => Assert.Equal(0, Summarize(OfASale()).DecidedPerSecond);

    private static FeedSummary Summarize(FabricatedLog log, params Guid[] timed)
    {
        var summary = new FeedSummary(timed.ToHashSet());
        log.Entries.ForEach(summary.Observe);
        return summary;
    }
}
