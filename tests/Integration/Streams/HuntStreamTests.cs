using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>A hunt as server-sent events, from claim to client.</summary>
public sealed class HuntStreamTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_client_sees_the_hunt_its_treasures_and_what_a_claim_does_to_them()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        await using var client = await Listener.Join(Engine.Nobody(), huntId);
        Assert.Equal("text/event-stream", client.MediaType);
        await client.Hears(huntId, hunt => hunt.GetProperty("status").GetString() == "open");
        await client.Hears(treasureId, treasure => treasure.GetProperty("remaining").GetInt32() == 2);

        await Engine.Player("alice").Wins(treasureId, "key");

        await client.Hears(treasureId, treasure => treasure.GetProperty("remaining").GetInt32() == 1);
        await Admin.SeesTreasure(treasureId, treasure => treasure.Number("remaining") == 1);
        Assert.Equal((await Engine.Nobody().Get($"/v1/treasures/{treasureId}")).Text, client.Heard(treasureId)!.Value.GetRawText());
    }

    [Fact]
    public async Task A_client_sees_a_treasure_that_is_hidden_later_and_the_hunt_when_it_is_paused()
    {
        var huntId = await Admin.OpenHunt();
        await using var client = await Listener.Join(Engine.Nobody(), huntId);

        var treasureId = await Admin.Hide(huntId);
        await Admin.Do(huntId, "pause");

        await client.Hears(treasureId, treasure => treasure.GetProperty("status").GetString() == "available");
        await client.Hears(huntId, hunt => hunt.GetProperty("status").GetString() == "paused");
    }

    [Fact]
    public async Task A_client_that_lost_the_connection_goes_on_at_another_door_and_misses_nothing()
    {
        var huntId = await Admin.OpenHunt();
        var (changed, untouched) = (await Admin.Hide(huntId, stock: 5), await Admin.Hide(huntId, stock: 5));
        var first = await Listener.Join(Engine.Nobody(), huntId);
        await first.Hears(changed, _ => true);
        await first.Hears(untouched, _ => true);
        await first.DisposeAsync();

        await Engine.Player("alice").Wins(changed, "key");
        var late = await Admin.Hide(huntId, stock: 3);

        await using var second = await Listener.Join(Engine.Nobody("api-2"), huntId, first.LastId);
        await second.Hears(huntId, _ => true);
        await second.Hears(changed, Left(4));
        await second.Hears(late, Left(3));
    }

    [Fact]
    public async Task A_client_that_comes_back_is_not_told_again_what_it_knows()
    {
        var huntId = await Admin.OpenHunt();
        var (changed, untouched) = (await Admin.Hide(huntId, stock: 5), await Admin.Hide(huntId, stock: 5));
        await Engine.CleanAudit(huntId);

        // The id moves when the board is read again, and comes with the next change.
        await using var first = await Listener.Join(Engine.Nobody(), huntId);
        await first.Hears(untouched, _ => true);
        var n = 0;
        await Until.True("what has not changed is not told", async () =>
        {
            await Engine.Player($"player-{++n}").Claim(changed, "key");
            await using var second = await Listener.Join(Engine.Nobody(), huntId, first.LastId);
            await second.Hears(huntId, _ => true);
            await Engine.Admin().Command($"/v1/treasures/{changed}/restock", new { units = 1 });
            var stock = 5 + n;
            await second.Hears(changed, treasure => treasure.GetProperty("stock").GetInt32() == stock);
            return second.Heard(untouched) is null;
        });
    }

    [Fact]
    public async Task What_cannot_be_streamed_is_a_problem()
    {
        Assert.Equal("404 hunt-not-found", (await Engine.Nobody().Get($"/v1/hunts/no-hunt-{Ids.FreshSlug()[^12..]}/stream")).Problem);
        Assert.Equal("400 malformed-id", (await Engine.Nobody().Get("/v1/hunts/No_Hunt/stream")).Problem);
    }

    [Fact]
    public async Task A_host_that_stops_ends_its_streams_and_one_that_has_enough_says_so()
    {
        const string Door = "api-streams";
        var huntId = await Admin.OpenHunt();
        await Engine.Add(Door, ("Streams__Max", "1"));
        await using var client = await Listener.Join(Engine.Nobody(Door), huntId);
        await client.Hears(huntId, _ => true);

        var refused = await Engine.Nobody(Door).Get($"/v1/hunts/{huntId}/stream");
        Assert.Equal("503 streams-full", refused.Problem);
        Assert.Matches("^[1-9]$", refused.Headers["Retry-After"]);
        Assert.Matches(@"(?m)^treasurehunt_streams\{.*\} 1\s", (await Engine.Nobody(Door).Get("/metrics")).Text);

        Assert.Equal(0, await Engine.Host(Door).Stop());
        await client.Ended;
    }

    [Fact]
    public async Task A_host_follows_as_many_hunts_as_it_takes_and_says_so_for_the_next()
    {
        const string Door = "api-one-hunt";
        var (followed, next) = (await Admin.OpenHunt(), await Admin.OpenHunt());
        await Engine.Add(Door, ("Streams__MaxHunts", "1"));
        await using var first = await Listener.Join(Engine.Nobody(Door), followed);
        await first.Hears(followed, _ => true);

        var refused = await Engine.Nobody(Door).Get($"/v1/hunts/{next}/stream");
        Assert.Equal("503 streams-full", refused.Problem);
        Assert.Matches("^[1-9]$", refused.Headers["Retry-After"]);
        await using var second = await Listener.Join(Engine.Nobody(Door), followed);
        await second.Hears(followed, _ => true);

        Assert.Equal(0, await Engine.Host(Door).Stop());
    }

    private static Func<JsonElement, bool> Left(int units) => treasure => treasure.GetProperty("remaining").GetInt32() == units;
}
