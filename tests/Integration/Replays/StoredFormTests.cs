using System.Text.Json;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>An event store with claim events in both forms: as JSON, by an earlier build, and binary.</summary>
public sealed class StoredFormTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Administrator => Engine.Admin("projections-1");

    [Fact]
    public async Task Both_forms_are_exported_replayed_and_audited()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: 12);
        await Engine.ClaimByTenPlayers(treasureId, "before");
        var binary = await ReadFeed(huntId);
        await Engine.EventStore.StoreClaimsAsJson(treasureId);
        await Engine.ClaimByTenPlayers(treasureId, "after");

        var forms = await CountForms(treasureId);
        Assert.Equal([10L, 10L], forms);
        var feed = await ReadFeed(huntId);
        Assert.Equal(binary.Count + 10, feed.Count);
        Assert.All(binary.Zip(feed), pair => Assert.True(JsonElement.DeepEquals(pair.First, pair.Second), $"{pair}"));
        foreach (var readModel in (string[])["treasures", "memcached", "leaderboard", "claims"])
        {
            var replay = await Administrator.RunReplay(new { readModel, compare = true });
            Assert.Equal(("done", 0), (replay.GetProperty("state").GetString(), replay.GetProperty("differences").GetInt32()));
        }

        await Engine.AssertCleanAudit(huntId);
        var last = feed[^1].GetProperty("sequence").GetInt64();
        var state = (await Administrator.Get($"/admin/at/{last}/treasures/{treasureId}"))["state"];
        Assert.Equal(
            (await Engine.EventStore.OfTreasure(treasureId)).Awards().Count, state.GetProperty("awarded").GetInt32());
    }

    private async Task<List<JsonElement>> ReadFeed(string huntId) =>
        [.. (await Administrator.Get($"/admin/events?huntId={huntId}")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonElement.Parse(line))];

    // Without and with a binary body.
    private Task<long[]> CountForms(string treasureId) => Engine.EventStore.Value<long[]>(
        $"""
         select array[count(*) filter (where bdata is null), count(*) filter (where bdata is not null)] from {Engine.Schema}.mt_events
         where stream_id in ('treasure-{treasureId}', 'refusals-{treasureId}')
           and type in ('treasure-awarded.v1', 'claim-refused.v1')
         """);
}
