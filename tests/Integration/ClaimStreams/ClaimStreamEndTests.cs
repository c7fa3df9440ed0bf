using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Authentication;
using Xunit;

namespace TreasureHunt.Integration.ClaimStreams;

/// <summary>The limits and the ends of claim streams.</summary>
public sealed class ClaimStreamEndTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Shop => Engine.Storefront("lines:");

    [Fact]
    public async Task Lines_that_are_sent_again_after_a_cut_have_the_same_outcomes()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        object[] claims = [.. ((string[])["alice", "bob", "carol"]).Select(player => Claim(treasureId, player))];
        using var cut = await ClaimStreamClient.Open(Engine.Host("api-1").Url, Shop.Token!);

        await cut.Send(claims[0]);
        var first = (await cut.Read())!;
        await cut.Send(claims[1]);
        await cut.SendText($"{{\"treasureId\":\"{treasureId}\",\"playerId\":\"lines:carol\",\"ke");
        cut.Cut();
        using var stream = await ClaimStreamClient.Open(Engine.Host("api-2").Url, Shop.Token!);
        await stream.Send(claims);
        await stream.End();

        var again = (await stream.Read())!;
        Assert.Equal(first.Claim.GetRawText(), again.Claim.GetRawText());
        Assert.True(again.IsReplayed);
        Assert.Equal(["2: 200 won", "3: 200 won", "ended"], await stream.Read(3));
        Assert.Equal(3, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task A_stopping_Api_ends_its_streams_and_refuses_new_ones_when_it_is_full()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var host = await Engine.StartHost("api-claim-streams", ("Admission__MaxClaimStreams", "1"));
        using var stream = await ClaimStreamClient.Open(host.Url, Shop.Token!);
        await stream.Send(Claim(treasureId, "alice"));
        Assert.Equal(["1: 200 won"], await stream.Read(1));

        var refused = await Shop.At(host.Name).PostRaw("/v1/claims/stream", ClaimListActions.Ndjson, "");
        Assert.Equal("503 streams-full", refused.Problem);
        Assert.Matches("^[1-9]$", refused.Headers["Retry-After"]);
        Assert.Matches(@"(?m)^treasurehunt_claim_streams\{.*\} 1\s", (await Engine.Anonymous(host.Name).Get("/metrics")).Text);

        var stopping = host.Stop();
        Assert.Null(await stream.Read());
        Assert.Equal(0, await stopping);
    }

    [Fact]
    public async Task An_ended_stream_frees_its_place()
    {
        var host = await Engine.StartHost("api-one-claim-stream", ("Admission__MaxClaimStreams", "1"));
        var shop = Shop.At(host.Name);
        Assert.Equal("200", (await shop.PostRaw("/v1/claims/stream", ClaimListActions.Ndjson, "")).Problem);
        using (var cut = await ClaimStreamClient.Open(host.Url, Shop.Token!))
        {
            cut.Cut();
        }

        await Poll.Until("the place is free again", async () =>
            (await shop.PostRaw("/v1/claims/stream", ClaimListActions.Ndjson, "")).Problem == "200");
        await host.Kill();
    }

    [Fact]
    public async Task A_stream_ends_when_its_token_expires()
    {
        var token = ApiCallers.Token(
            Audiences.Storefront, "shop", token =>
            {
                token.Claims["players"] = "lines:";
                // A token is accepted for a moment after its end, because clocks differ.
                token.Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(8) - TokenRules.ClockSkew;
                token.NotBefore = token.IssuedAt = token.Expires - TimeSpan.FromMinutes(1);
            });
        using var stream = await ClaimStreamClient.Open(Engine.Host("api-1").Url, token);
        await stream.Send(Claim("no-such-treasure", "alice"));
        Assert.Equal(["1: 404 treasure-not-found"], await stream.Read(1));

        Assert.Null(await stream.Read());
    }

    [Fact]
    public async Task The_Api_reads_no_further_while_its_answers_are_not_read()
    {
        // More than the buffers of the connections hold: some ten megabytes in each direction.
        const int Lines = 60_000;
        using var stream = await ClaimStreamClient.Open(Engine.Host("api-1").Url, Engine.Player("alice").Token!);
        var line = $"{{\"key\":\"{new string(' ', 1000)}\"}}\n";
        var sent = 0;
        var sending = Task.Run(
            async () =>
            {
                for (; sent < Lines; sent += 50)
                {
                    await stream.SendText(string.Concat(Enumerable.Repeat(line, 50)));
                }

                await stream.End();
            },
            TestContext.Current.CancellationToken);

        var last = -1;
        await Poll.Until("the sender is held up", async () =>
        {
            (var before, last) = (last, sent);
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            return before == sent;
        });
        Assert.InRange(sent, 1, Lines - 1);

        Assert.Equal(
            Enumerable.Range(1, Lines).Select(n => $"{n.ToString(CultureInfo.InvariantCulture)}: 400 invalid-request"),
            await stream.Read(Lines));
        Assert.Null(await stream.Read());
        await sending;
    }

    [Fact]
    public async Task Only_NDJSON_of_players_and_storefronts_is_a_claim_stream()
    {
        Assert.Equal("401 unauthenticated", (await Post(Engine.Anonymous())).Problem);
        Assert.Equal("403 forbidden", (await Post(Engine.Admin())).Problem);
        Assert.Equal("403 forbidden", (await Post(Engine.Storefront("no-prefix"))).Problem);
        Assert.Equal("415 unsupported-media-type", (await Post(Shop, "application/json")).Problem);
        Assert.Equal("404 not-found", (await Post(Shop, headers: ("Hunt-Pool", "claims"))).Problem);
        Assert.Equal("200", (await Post(Shop, headers: ("Hunt-Pool", "claim-streams"))).Problem);

        static Task<ApiResponse> Post(
            ApiCaller caller, string mediaType = ClaimListActions.Ndjson, params (string Name, string Value)[] headers) =>
            caller.PostRaw("/v1/claims/stream", mediaType, "", headers);
    }

    private static object Claim(string treasureId, string player) => new { treasureId, playerId = $"lines:{player}", key = "key" };
}
