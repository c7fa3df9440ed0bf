using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>The server-sent events of a hunt, from the claim to the client.</summary>
public sealed class HuntStreamTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_client_receives_the_hunt_its_treasures_and_the_effect_of_a_claim()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        await using var client = await StreamClient.Connect(Engine.Anonymous(), huntId);
        Assert.Equal("text/event-stream", client.MediaType);
        await client.WaitFor(huntId, hunt => hunt.GetProperty("status").GetString() == "open");
        await client.WaitFor(treasureId, treasure => treasure.GetProperty("remaining").GetInt32() == 2);

        await Engine.Player("alice").Wins(treasureId, "key");

        await client.WaitFor(treasureId, treasure => treasure.GetProperty("remaining").GetInt32() == 1);
        await Admin.WaitForTreasure(treasureId, treasure => treasure.NumberOf("remaining") == 1);
        Assert.Equal((await Engine.Anonymous().Get($"/v1/treasures/{treasureId}")).Text, client.Last(treasureId)!.Value.GetRawText());
    }

    [Fact]
    public async Task A_client_receives_a_treasure_hidden_later_and_a_pause()
    {
        var huntId = await Admin.OpenHunt();
        await using var client = await StreamClient.Connect(Engine.Anonymous(), huntId);

        var treasureId = await Admin.Hide(huntId);
        await Admin.ChangeStatus(huntId, "pause");

        await client.WaitFor(treasureId, treasure => treasure.GetProperty("status").GetString() == "available");
        await client.WaitFor(huntId, hunt => hunt.GetProperty("status").GetString() == "paused");
    }

    [Fact]
    public async Task A_client_receives_the_leaderboard_and_its_changes_as_the_route_shows_it()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 20);
        await using var client = await StreamClient.Connect(Engine.Anonymous(), huntId);
        await client.WaitFor(StreamClient.Leaderboard, board => board.GetProperty("entries").GetArrayLength() == 0);

        await Engine.ClaimByTenPlayers(treasureId, "key");
        var won = await Engine.Player("zoe").Wins(treasureId, "key");
        await client.WaitFor(StreamClient.Leaderboard, board => board.GetProperty("entries").GetArrayLength() == 10);
        await Admin.SendCommand($"/v1/treasures/{treasureId}/revoke", new { claimId = won.ClaimId, because = "The order was cancelled." });

        await Poll.Until("the stream and the route have the same leaderboard", async () =>
            client.Last(StreamClient.Leaderboard)!.Value.GetRawText()
                == (await Engine.Anonymous().Get($"/v1/hunts/{huntId}/leaderboard?top=10")).Text);
    }

    [Fact]
    public async Task A_stream_of_an_unknown_or_malformed_hunt_id_gets_a_problem()
    {
        Assert.Equal("404 hunt-not-found", (await Engine.Anonymous().Get($"/v1/hunts/no-hunt-{Ids.FreshSlug()[^12..]}/stream")).Problem);
        Assert.Equal("400 malformed-id", (await Engine.Anonymous().Get("/v1/hunts/No_Hunt/stream")).Problem);
    }
}
