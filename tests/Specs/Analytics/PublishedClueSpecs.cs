using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Analytics;

/// <summary>The text of a clue is published to analytics when it is revealed.</summary>
public class PublishedClueSpecs
{
    private static readonly Clue RevealedClue = new("By the bridge", At("12:00"));

    private static readonly Clue FutureClue = new("By the river", At("18:05"));

    [Fact]
    public void The_text_of_a_future_clue_is_not_published()
    {
        var json = Published(new TreasureHidden("goose", "sale", At("12:00"), "Golden goose", 5, 1, null, [RevealedClue, FutureClue]));

        Assert.Contains("By the bridge", json, StringComparison.Ordinal);
        Assert.DoesNotContain("river", json, StringComparison.Ordinal);
        Assert.Contains("""{"text":"","revealAt":"2026-11-23T18:05:00+00:00"}""", json, StringComparison.Ordinal);
        Assert.DoesNotContain("river", Published(new ClueAdded("goose", At("18:04:59"), FutureClue)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clue_that_players_see_immediately_is_published_immediately() =>
        Assert.Contains("river", Published(new ClueAdded("goose", At("18:05"), FutureClue)), StringComparison.Ordinal);

    [Fact]
    public void A_revealed_clue_is_published() =>
        Assert.Contains("river", Published(new ClueRevealed("goose", At("18:05"), FutureClue)), StringComparison.Ordinal);

    private static string Published(object @event) =>
        JsonSerializer.Serialize(
            CloudEvent.Of("specs", Guid.Empty, "x", "treasure-goose", At("19:00"), 42, @event).Data, AnalyticsJson.Options);
}
