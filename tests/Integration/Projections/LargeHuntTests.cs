using System.Globalization;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Streams;
using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>A hunt with more treasures than a cache serves concurrent requests.</summary>
public sealed class LargeHuntTests(SharedEngine engine) : EngineTests(engine)
{
    private const int Treasures = 5_000;
    private const string Fresh = "api-wide";

    [Fact]
    public async Task An_Api_with_empty_caches_reads_and_streams_a_hunt_with_thousands_of_treasures()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var now = TimeProvider.System.GetUtcNow();
        var ids = Enumerable.Range(0, Treasures).Select(n => string.Create(CultureInfo.InvariantCulture, $"{huntId[^12..]}-{n}")).ToList();
        await Engine.Append(
            ids.Select(id => (StreamNames.Treasure(id), (object)new TreasureHidden(id, huntId, now, "Golden goose", 1, 1, null, []))));
        await Poll.Until(
            "all treasures are projected",
            async () =>
                (await Engine.Anonymous().Get($"/v1/hunts/{huntId}")) is { Problem: "200" } hunt
                    && hunt["treasures"].GetArrayLength() == Treasures);

        await Engine.StartHost(Fresh, ("Visitors__Enabled", "false"));
        var first = await Engine.Anonymous(Fresh).Get($"/v1/hunts/{huntId}");

        Assert.Equal(("200", Treasures), (first.Problem, first["treasures"].GetArrayLength()));
        await using var client = await StreamClient.Connect(Engine.Anonymous(Fresh), huntId);
        await client.WaitFor(ids[0], _ => true);
        await client.WaitFor(ids[^1], _ => true);
        var status = await Engine.Anonymous(Fresh).Get("/v1/status");
        Assert.All((string[])["memcached", "redis"], cache => Assert.Equal("closed", status.Breaker(cache)));
        await Engine.Host(Fresh).Kill();
    }
}
