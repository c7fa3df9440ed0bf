using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Analytics;

/// <summary>Analytics is told the text of a clue when it is revealed.</summary>
public class AnalyticsClueSpecs
{
    private static readonly Clue Known = new("By the bridge", At("12:00"));

    private static readonly Clue ToCome = new("By the river", At("18:05"));

    [Fact]
    public void The_text_of_a_clue_to_come_is_not_told()
    {
        var told = Told(new TreasureHidden("goose", "sale", At("12:00"), "Golden goose", 5, 1, null, [Known, ToCome]));

        Assert.Contains("By the bridge", told, StringComparison.Ordinal);
        Assert.DoesNotContain("river", told, StringComparison.Ordinal);
        Assert.Contains("""{"text":"","revealAt":"2026-11-23T18:05:00+00:00"}""", told, StringComparison.Ordinal);
        Assert.DoesNotContain("river", Told(new ClueAdded("goose", At("18:04:59"), ToCome)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clue_that_players_see_at_once_is_told_at_once() =>
        Assert.Contains("river", Told(new ClueAdded("goose", At("18:05"), ToCome)), StringComparison.Ordinal);

    [Fact]
    public void A_revealed_clue_is_told() =>
        Assert.Contains("river", Told(new ClueRevealed("goose", At("18:05"), ToCome)), StringComparison.Ordinal);

    private static string Told(object fact) =>
        JsonSerializer.Serialize(
            CloudEvent.Of("specs", Guid.Empty, "x", "treasure-goose", At("19:00"), 42, fact).Data, AnalyticsJson.Options);
}
