using TreasureHunt.Cli.Audit;
using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;
using Xunit;
using static TreasureHunt.Specs.Cli.FabricatedFeed;

namespace TreasureHunt.Specs.Cli;

/// <summary>The lines of the event feed.</summary>
public class FeedEventSpecs
{
    [Fact]
    public void A_line_of_the_feed_is_parsed_with_its_event()
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
    public void A_line_with_an_unknown_event_type_is_parsed_without_its_event() =>
        Assert.Null(
            FeedEvent.Parse(
                """{"sequence":1,"streamKey":"x","version":1,"type":"new.v1","id":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","at":"2026-11-23T18:00:01Z","data":{}}""").Event);
}
