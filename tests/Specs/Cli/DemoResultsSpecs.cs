using System.Text.Json;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Demo;
using Xunit;
using static TreasureHunt.Specs.Cli.AuditedDemo;

namespace TreasureHunt.Specs.Cli;

public class DemoResultsSpecs
{
    [Fact]
    public void The_json_has_the_documented_property_names()
    {
        using var json = JsonDocument.Parse(
            JsonFile.Serialize(DemoResults.Of(Audited(FabricatedFeed.OfASale().Award("alice", "goose", 1)), Settings, Options)));

        foreach (var name in new[]
        {
            "decidedPerSecond", "accepted", "decided", "doubleWinners", "lostClaims", "readModelDifferences", "toldDifferently", "seed",
            "seconds",
        })
        {
            Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).ValueKind);
        }

        foreach (var (name, parts) in new[] { ("outcomeMs", "p50 p95 p99 max"), ("projectionLagMs", "p50 p99") })
        {
            Assert.All(
                parts.Split(' '),
                part => Assert.Equal(JsonValueKind.Number, json.RootElement.GetProperty(name).GetProperty(part).ValueKind));
        }
    }

    [Fact]
    public void A_sound_run_is_clean() =>
        Assert.True(DemoResults.Of(Audited(FabricatedFeed.OfASale().Award("alice", "goose", 1)), Settings, Options).Clean);
}
