using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Streams;

/// <summary>Many open streams of one Api.</summary>
public sealed partial class ManyStreamsTests(SharedEngine engine) : EngineTests(engine)
{
    private const string ApiName = "api-many-streams";
    private const int Streams = 200;
    private const int Claims = 60;

    [Fact]
    public async Task Every_stream_ends_on_the_final_state_and_the_reads_do_not_grow_with_the_streams()
    {
        var huntId = await Engine.Admin().OpenHunt();
        var treasureId = await Engine.Admin().Hide(huntId, stock: Claims / 2);
        await Engine.StartHost(ApiName);
        var players = Enumerable.Range(0, Streams).Select(_ => $"player-{Ids.FreshSlug()[^12..]}").ToList();
        var clients = await Task.WhenAll(
            players.Select(player => StreamClient.Connect(Engine.Player(player, ApiName), huntId)));
        await Task.WhenAll(clients.Select(client => client.WaitFor(StreamClient.Claims, _ => true)));
        var (readsBefore, started) = (await Reads(), Stopwatch.GetTimestamp());

        // Another Api takes the claims: this one reads only for the streams.
        var claims = await Task.WhenAll(players.Take(Claims).Select(player => Engine.Player(player, "api-1").Claim(treasureId, "key")));

        Assert.Equal(Claims / 2, claims.Count(claim => claim.Outcome == Outcomes.Won));
        await Task.WhenAll(claims.Zip(clients, (claim, client) => client.WaitFor(
            claim.ClaimId.ToString(), state => state.GetProperty("outcome").GetString() is Outcomes.Won or Outcomes.Rejected)));
        var board = "";
        await Poll.Until("the route has the final leaderboard", async () =>
        {
            var response = await Engine.Anonymous("api-1").Get($"/v1/hunts/{huntId}/leaderboard?top=10");
            board = response.Text;
            var won = claims.Where(claim => claim.Outcome == Outcomes.Won).Select(claim => claim.TextOf("playerId")).Order(
                StringComparer.Ordinal);
            return response.Json.GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("playerId").GetString())
                .SequenceEqual(won.Take(10));
        });
        await Task.WhenAll(clients.Select(async client =>
        {
            await client.WaitFor(treasureId, treasure => treasure.GetProperty("status").GetString() == "exhausted");
            await client.WaitFor(StreamClient.Leaderboard, state => state.GetRawText() == board);
        }));
        var (reads, seconds) = (await Reads() - readsBefore, Stopwatch.GetElapsedTime(started).TotalSeconds);

        // Two seconds of one hunt: its list, treasures and checkpoints, the checkpoint of claims, and four reads of the leaderboard.
        Assert.True(reads <= 20 + (10 * seconds), $"{Streams} streams caused {reads} reads in {seconds:0.0} s.");
        Assert.Null(clients[^1].Last(claims[0].ClaimId.ToString()));
        await Task.WhenAll(clients.Select(client => client.DisposeAsync().AsTask()));
        await Engine.Host(ApiName).Stop();
    }

    private async Task<double> Reads() =>
        Queries().Matches((await Engine.Anonymous(ApiName).Get("/metrics")).Text).Sum(
            match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?m)^treasurehunt_cache_queries_total\{[^}]*\} (\S+)")]
    private static partial Regex Queries();
}
