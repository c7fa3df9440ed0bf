using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.ClaimStreams;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Claim streams while no worker runs.</summary>
[Collection(nameof(OutageGroup))]
public sealed class ClaimStreamOutageTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    [Fact]
    public async Task A_stopping_Api_answers_each_line_that_has_arrived()
    {
        const string ApiName = "api-stopping";
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 10_000);
        var host = await Engine.StartHost(ApiName);
        using var stream = await ClaimStreamClient.Open(host.Url, Engine.Storefront("shop1:").Token!);
        await stream.Send(Claim(treasureId, 0));
        Assert.Equal(["1: 200 won"], await stream.Read(1));
        await Task.WhenAll(Engine.Host("commands-1").Stop(), Engine.Host("commands-2").Stop());

        // The Api reads 2,000 lines and no more, because none is decided.
        await stream.Send([.. Enumerable.Range(1, 2_500).Select(n => Claim(treasureId, n))]);
        await Poll.Until("2,000 lines are sent to the broker", async () => await SentClaims(host.Name) == 2_001);
        var stopping = host.Stop();

        var answers = await stream.Read(2_500);
        Assert.Equal(
            Enumerable.Range(2, 2_000).Select(n => $"{n.ToString(CultureInfo.InvariantCulture)}: 202 pending"), answers[..2_000]);
        Assert.All(answers[2_000..], answer => Assert.EndsWith(": 503 unavailable", answer, StringComparison.Ordinal));
        Assert.Null(await stream.Read());
        Assert.Equal(0, await stopping);
        await Engine.StartMissingHosts();
        var last = Ids.ForClaim("shop1:2000", treasureId, "key");
        Assert.Equal(Outcomes.Won, (await Engine.Storefront("shop1:").WaitForOutcome(last)).Outcome);
    }

    private async Task<int> SentClaims(string host)
    {
        var metrics = (await Engine.Anonymous(host).Get("/metrics")).Text;
        return Regex.Matches(metrics, @"(?m)^treasurehunt_intake_batch_claims_sum\{.*\} (\d+)")
            .Sum(sum => int.Parse(sum.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static object Claim(string treasureId, int player) =>
        new { treasureId, playerId = $"shop1:{player.ToString(CultureInfo.InvariantCulture)}", key = "key" };
}
