using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Replays;

/// <summary>The requester of a replay.</summary>
public sealed class ReplayRequesterTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Administrator => Engine.Admin("projections-1");

    [Fact]
    public async Task A_replay_and_a_rollback_record_their_requester()
    {
        var erika = new Actor($"erika-{Ids.FreshSlug()}", "token-4712", "127.0.0.1", Actor.Http);
        var admin = new ApiCaller(Engine, "projections-1", ApiCallers.Token(Audiences.Administrator, erika.Subject!, token =>
            (token.Claims["scope"], token.Claims["jti"]) = ("operations", erika.TokenId!)));

        var requested = await admin.RequestReplay(new { readModel = "leaderboard" });
        Assert.Equal(erika, By(requested.Json));
        var replay = (await admin.WaitForReplay(requested.Id)).Json;
        var rollback = await admin.RunReplay(new { readModel = "leaderboard", rollback = true });

        Assert.Equal(("done", "done"), (replay.GetProperty("state").GetString(), rollback.GetProperty("state").GetString()));
        Assert.Equal((erika, erika), (By(replay), By(rollback)));
        var listed = (await Administrator.Get("/admin/replays")).Json.EnumerateArray().ToDictionary(
            one => one.GetProperty("id").GetString()!, By);
        Assert.Equal((erika, erika), (listed[replay.GetProperty("id").GetString()!], listed[rollback.GetProperty("id").GetString()!]));
        // The first builds of the engine have no requester.
        Assert.Equal(
            0, await Engine.EventStore.Value<long>(
                $"select count(*) from {Engine.Schema}.replays where kind = 'build' and requested_by is not null"));
    }

    private static Actor? By(JsonElement replay) =>
        replay.TryGetProperty("by", out var by) ? by.Deserialize<Actor>(JsonSerializerOptions.Web) : null;
}
