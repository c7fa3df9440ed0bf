using System.Globalization;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Outages;
using TreasureHunt.Integration.Streams;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A hunt with more treasures than a cache takes questions at once.</summary>
public sealed class WideHuntTests(SharedEngine engine) : EngineTests(engine)
{
    private const int Treasures = 5_000;
    private const string Fresh = "api-wide";

    [Fact]
    public async Task A_hunt_with_thousands_of_treasures_is_read_and_streamed_by_an_Api_that_knows_none_of_them()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var now = TimeProvider.System.GetUtcNow();
        var ids = Enumerable.Range(0, Treasures).Select(n => string.Create(CultureInfo.InvariantCulture, $"{huntId[^12..]}-{n}")).ToList();
        await Engine.Append(
            ids.Select(id => (StreamNames.Treasure(id), (object)new TreasureHidden(id, huntId, now, "Golden goose", 1, 1, null, []))));
        await Until.True(
            "all are told",
            async () =>
                (await Engine.Nobody().Get($"/v1/hunts/{huntId}")) is { Problem: "200" } hunt
                    && hunt["treasures"].GetArrayLength() == Treasures);

        await Engine.Add(Fresh, ("Visitors__Enabled", "false"));
        var first = await Engine.Nobody(Fresh).Get($"/v1/hunts/{huntId}");

        Assert.Equal(("200", Treasures), (first.Problem, first["treasures"].GetArrayLength()));
        await using var client = await Listener.Join(Engine.Nobody(Fresh), huntId);
        await client.Hears(ids[0], _ => true);
        await client.Hears(ids[^1], _ => true);
        var status = await Engine.Nobody(Fresh).Get("/v1/status");
        Assert.All((string[])["memcached", "redis"], cache => Assert.Equal("closed", status.Breaker(cache)));
        await Engine.Host(Fresh).Kill();
    }
}
