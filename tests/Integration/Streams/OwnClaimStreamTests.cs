using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>The claims of the caller in the stream of a hunt.</summary>
public sealed class OwnClaimStreamTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task A_player_receives_the_claims_so_far_each_new_one_and_a_revocation()
    {
        var huntId = await Admin.OpenHunt();
        // The Api refuses a claim for an exhausted treasure itself, and does not record it.
        var (first, second) = (await Admin.Hide(huntId, stock: 2), await Admin.Hide(huntId));
        var player = Engine.Player(Fresh());
        var won = await player.Wins(first, "key");
        await using var client = await StreamClient.Connect(player, huntId);
        await client.WaitFor(won.ClaimId.ToString(), claim => claim.GetProperty("outcome").GetString() == Outcomes.Won);

        // Each Api learns of each claim.
        var late = await player.At("api-2").Claim(first, "another-key");
        var next = await player.At("api-2").Wins(second, "key");
        await client.WaitFor(late.ClaimId.ToString(), claim => claim.GetProperty("outcome").GetString() == Outcomes.Rejected);
        await client.WaitFor(next.ClaimId.ToString(), claim => claim.GetProperty("outcome").GetString() == Outcomes.Won);

        await Admin.SendCommand($"/v1/treasures/{first}/revoke", new { claimId = won.ClaimId, because = "The order was cancelled." });

        await client.WaitFor(
            won.ClaimId.ToString(), claim => claim.GetProperty("revokedAt").ValueKind == System.Text.Json.JsonValueKind.String);
        Assert.Equal((await player.Get($"/v1/claims/{won.ClaimId}")).Text, client.Last(won.ClaimId.ToString())!.Value.GetRawText());
    }

    [Fact]
    public async Task A_player_receives_no_claim_of_another_player_and_a_caller_without_a_token_receives_none()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        await using var other = await StreamClient.Connect(Engine.Player(Fresh()), huntId);
        await using var anonymous = await StreamClient.Connect(Engine.Anonymous(), huntId);
        await using var administrator = await StreamClient.Connect(Admin, huntId);
        await other.WaitFor(StreamClient.Claims, claims => claims.GetProperty("claims").GetArrayLength() == 0);

        var player = Engine.Player(Fresh());
        await using var own = await StreamClient.Connect(player, huntId);
        var won = await player.Wins(treasureId, "key");

        await own.WaitFor(won.ClaimId.ToString(), _ => true);
        await Task.WhenAll(
            ((StreamClient[])[other, anonymous, administrator]).Select(
                client => client.WaitFor(treasureId, treasure => treasure.GetProperty("remaining").GetInt32() == 1)));
        Assert.Null(other.Last(won.ClaimId.ToString()));
        Assert.Null(anonymous.Last(StreamClient.Claims));
        Assert.Null(administrator.Last(StreamClient.Claims));
    }

    [Fact]
    public async Task A_storefront_receives_the_claims_of_the_player_that_it_names()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId);
        var (shop, player) = (Engine.Storefront("shop:"), $"shop:{Fresh()}");
        await using var client = await StreamClient.Connect(shop, huntId, player: player);
        await using var unnamed = await StreamClient.Connect(shop, huntId);
        await client.WaitFor(StreamClient.Claims, _ => true);

        var won = await shop.Post($"/v1/treasures/{treasureId}/claims", null, ("Idempotency-Key", "key"), ("Hunt-Player", player));

        await client.WaitFor(won.ClaimId.ToString(), claim => claim.GetProperty("playerId").GetString() == player);
        await unnamed.WaitFor(treasureId, treasure => treasure.GetProperty("remaining").GetInt32() == 0);
        Assert.Null(unnamed.Last(StreamClient.Claims));
        Assert.Equal("403 forbidden", (await shop.Get($"/v1/hunts/{huntId}/stream", ("Hunt-Player", "other:alice"))).Problem);
    }

    [Fact]
    public async Task A_stream_with_a_token_that_is_not_valid_is_refused()
    {
        var huntId = await Admin.OpenHunt();

        var refused = await (Engine.Anonymous() with { Token = "not-a-token" }).Get($"/v1/hunts/{huntId}/stream");

        Assert.Equal("401 unauthenticated", refused.Problem);
        Assert.StartsWith("Bearer", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_with_the_token_of_its_caller()
    {
        var huntId = await Admin.OpenHunt();
        // Hosts accept a token for 30 s after its end.
        var ended = TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromSeconds(24);
        var token = ApiCallers.Token(Audiences.Player, Fresh(), descriptor =>
            (descriptor.IssuedAt, descriptor.NotBefore, descriptor.Expires) = (ended.AddMinutes(-1), ended.AddMinutes(-1), ended));
        var caller = Engine.Anonymous() with { Token = token };
        await using var client = await StreamClient.Connect(caller, huntId);
        await client.WaitFor(StreamClient.Claims, _ => true);

        await client.Ended.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal("401 unauthenticated", (await caller.Get($"/v1/hunts/{huntId}/stream")).Problem);
    }

    [Fact]
    public async Task A_player_who_reconnects_to_another_Api_has_all_claims()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2, perPlayer: 2);
        var player = Engine.Player(Fresh());
        var first = await StreamClient.Connect(player, huntId);
        await first.WaitFor(StreamClient.Claims, _ => true);
        await first.DisposeAsync();
        var won = await Task.WhenAll(player.Wins(treasureId, "key-1"), player.Wins(treasureId, "key-2"));

        await using var second = await StreamClient.Connect(player.At("api-2"), huntId, first.LastEventId);

        foreach (var claim in won)
        {
            await second.WaitFor(claim.ClaimId.ToString(), _ => true);
        }
    }

    private static string Fresh() => $"player-{Ids.FreshSlug()[^12..]}";
}
