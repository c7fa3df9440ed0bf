using System.Globalization;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimLists;

/// <summary>A storefront sends several claims in one request.</summary>
public sealed class ClaimListTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Shop => Engine.Storefront("lists:");

    [Fact]
    public async Task Each_line_gets_its_outcome_or_its_problem_in_the_order_of_the_lines()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var (goose, owl) = (await Engine.Admin().Hide(huntId), await Engine.Admin().Hide(huntId, stock: 5, proof: "oak"));
        var soldOut = await Engine.Admin().Hide(huntId);
        await Engine.Player("bob").Wins(soldOut, "key");
        await Engine.Admin().WaitForTreasure(soldOut, treasure => treasure.TextOf("status") == "exhausted");

        var results = await Shop.ResultsOf(
            Claim(goose, "alice"),
            Claim(goose, "bob"),
            Claim(owl, "alice", proof: "oak"),
            Claim(owl, "bob", proof: "elm"),
            Claim(owl, "carol"),
            Claim(soldOut, "alice"),
            Claim(Ids.FreshSlug(), "alice"),
            new { treasureId = goose, playerId = "shop2:alice", key = "key" },
            new { treasureId = goose, key = "key" },
            new { treasureId = "No Slug", playerId = "lists:alice", key = "key" },
            new { treasureId = goose, playerId = "lists:alice" },
            Claim(goose, "alice", proof: new string('x', 129)),
            null,
            "a text",
            Claim(owl, "dave", proof: "oak"));

        Assert.Equal(
            [
                "200 won", "200 treasure-exhausted", "200 won", "200 proof-wrong", "200 proof-missing", "409 treasure-exhausted",
                "404 treasure-not-found", "403 forbidden", "400 invalid-request", "400 invalid-request", "400 invalid-request",
                "400 invalid-request", "400 invalid-json", "400 invalid-json", "200 won",
            ],
            results);
    }

    [Fact]
    public async Task The_claims_of_a_list_are_the_same_claims_as_single_ones()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);
        var single = await Engine.Player("lists:alice").Claim(treasureId, "key");
        object[] claims = [Claim(treasureId, "alice"), Claim(treasureId, "bob")];

        var first = (await Shop.PostClaims(claims)).Lines();
        var again = (await Shop.At("api-2").PostClaims(claims)).Lines();

        Assert.Equal(single.Text, first[0].Claim.GetRawText());
        Assert.Equal([true, false], first.Select(line => line.IsReplayed));
        Assert.Equal([true, true], again.Select(line => line.IsReplayed));
        Assert.Equal(first.Select(line => line.Claim.GetRawText()), again.Select(line => line.Claim.GetRawText()));
        Assert.Equal(2, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Lines_with_the_same_key_are_one_claim_and_another_payload_is_refused()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5, perPlayer: 5, proof: "oak");
        var claim = Claim(treasureId, "alice", proof: "oak");

        var lines = (await Shop.PostClaims([claim, Claim(treasureId, "alice", proof: "elm"), claim, Claim(treasureId, "bob")])).Lines();

        Assert.Equal(["200 won", "422 idempotency-key-reused", "200 won", "200 proof-missing"], lines.Select(line => line.Result));
        Assert.Equal(lines[0].Claim.GetRawText(), lines[2].Claim.GetRawText());
        Assert.Equal(2, (await Engine.EventStore.OfTreasure(treasureId)).Decisions().Count);
    }

    [Fact]
    public async Task Five_hundred_lines_are_decided_in_the_order_of_the_lines()
    {
        var huntId = await Engine.Admin().OpenHunt();
        string[] treasures = [await Engine.Admin().Hide(huntId, stock: 100), await Engine.Admin().Hide(huntId, stock: 1000)];
        var claims = Enumerable.Range(0, 500)
            .Select(n => Claim(treasures[n % 2], n.ToString(CultureInfo.InvariantCulture))).ToList();

        var lines = (await Shop.PostClaims(claims)).Lines();

        Assert.Equal(500, lines.Count);
        Assert.All(lines, line => Assert.Equal(
            line.Line % 2 == 0 || line.Line <= 200 ? "200 won" : "200 treasure-exhausted", line.Result));
        Assert.All(lines.GroupBy(line => line.Line % 2), group => Assert.Equal(
            Enumerable.Range(1, 250), group.Select(line => line.Claim.GetProperty("position").GetInt32())));
        Assert.Equal("413 body-too-large", (await Shop.PostClaims([.. claims, claims[0]])).Problem);
    }

    [Fact]
    public async Task Without_Prefer_the_lines_are_pending_and_are_decided_later()
    {
        var treasureId = await Engine.Admin().Hide(await Engine.Admin().OpenHunt(), stock: 5);

        var lines = (await Shop.PostClaims([Claim(treasureId, "alice"), Claim(treasureId, "bob")], wait: 0)).Lines();

        Assert.All(lines, line => Assert.Equal(("202 pending", 250), (line.Result, line.Claim.GetProperty("pollAfterMs").GetInt32())));
        foreach (var line in lines)
        {
            Assert.Equal(Outcomes.Won, (await Shop.WaitForOutcome(line.ClaimId)).Outcome);
        }
    }

    [Fact]
    public async Task A_player_claims_for_itself_only()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var (goose, owl) = (await Engine.Admin().Hide(huntId, stock: 5), await Engine.Admin().Hide(huntId, stock: 5));
        var player = $"player-{Ids.FreshSlug()}";

        var results = await Engine.Player(player).ResultsOf(
            new { treasureId = goose, key = "key" },
            new { treasureId = owl, key = "key", playerId = player },
            new { treasureId = owl, key = "key", playerId = "somebody-else" });

        Assert.Equal(["200 won", "200 won", "403 forbidden"], results);
    }

    private static object Claim(string treasureId, string player, string key = "key", string? proof = null) =>
        new { treasureId, playerId = $"lists:{player}", key, proof };
}
