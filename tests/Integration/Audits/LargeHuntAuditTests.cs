using System.Globalization;
using System.Text.Json;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Projections;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Audits;

/// <summary>The audit of a hunt whose events are read in several parts, at the same time.</summary>
/// <remarks>These tests change the live generation. On a shared engine the comparisons of other tests would show differences.</remarks>
[Collection(nameof(DisruptionGroup))]
public sealed class LargeHuntAuditTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    private const int Awards = 6_000;

    private readonly string _huntId = $"large-{Ids.FreshSlug()}";
    private readonly string _large = $"large-{Ids.FreshSlug()}";
    private readonly string _small = $"small-{Ids.FreshSlug()}";
    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Violations_and_differences_in_all_parts_are_found()
    {
        await Engine.Append(
        [
            (StreamNames.Hunt(_huntId), new HuntDrafted(_huntId, _now, "Autumn sale", _now, _now.AddHours(4), null)),
            (StreamNames.Hunt(_huntId), new HuntOpened(_huntId, _now)),
            (StreamNames.Treasure(_large), new TreasureHidden(_large, _huntId, _now, "Golden goose", Awards, 1, null, [])),
            (StreamNames.Treasure(_small), new TreasureHidden(_small, _huntId, _now, "Silver goose", 1, 1, null, [])),
        ]);
        // A version is missing between the two halves. The small treasure has one unit and ten winners.
        await Engine.Append(Claims(0, Awards / 2));
        await Engine.EventStore.Execute(
            $"update {Engine.Schema}.mt_streams set version = version + 1 where id = '{StreamNames.Treasure(_large)}'");
        await Engine.Append(Claims(Awards / 2, Awards));

        var complete = await Audit(report => Number(report, "readModelDifferences") == 0);

        Assert.Equal(
            (Awards + 14, Awards + 10, 9, 1, 1),
            (Number(complete, "events"), Number(complete, "won"), Number(complete, "doubleWinners"), Number(complete, "overStock"),
                Number(complete, "versionHoles")));

        await DeleteClaims(Awards / 4, Awards / 4 * 3);
        Assert.Equal(2, Number(await Audit(_ => true), "readModelDifferences"));

        await Engine.Admin("projections-1").RunReplay(new { readModel = ReadModelNames.Claims });
        Assert.Equal(0, Number(await Audit(_ => true), "readModelDifferences"));
    }

    // Every second event belongs to no hunt.
    private IEnumerable<(string Stream, object Event)> Claims(int first, int end)
    {
        for (var n = first; n < end; n++)
        {
            yield return (StreamNames.Refusals("no-treasure"), new ClaimRefused(
                "no-treasure", "no-hunt", Ids.Fresh(), "no-player", Reasons.TreasureExhausted, n + 1, 1, null, _now, _now));
            yield return Award(_large, n);
            if (n % (Awards / 10) == 0)
            {
                yield return Award(_small, n);
            }
        }
    }

    private async Task DeleteClaims(params int[] versions)
    {
        var stored = await Engine.EventStore.OfTreasure(_large);
        var keys = await Engine.LiveKeys(ReadModelNames.Claims);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(Servers.RedisReadModels);
        foreach (var version in versions)
        {
            var claim = stored.Single(award => award.Version == version).Data;
            Assert.True(await redis.GetDatabase().KeyDeleteAsync(keys.Claim(((TreasureAwarded)claim).ClaimId).Name));
        }
    }

    private static int Number(JsonElement report, string name) => report.GetProperty(name).GetInt32();

    private (string Stream, object Event) Award(string treasureId, int n) => (
        StreamNames.Treasure(treasureId),
        new TreasureAwarded(
            treasureId, _huntId, Ids.Fresh(), string.Create(CultureInfo.InvariantCulture, $"{_huntId}-{n}"), n + 1, _now, _now));

    private async Task<JsonElement> Audit(Func<JsonElement, bool> isExpected)
    {
        JsonElement report = default;
        await Poll.Until("the audit shows the read models", async () =>
        {
            var answer = await Engine.Admin("projections-1").Get($"/admin/audit?huntId={_huntId}");
            return answer.Problem == "200" && isExpected(report = answer["hunts"][0]);
        });
        return report;
    }
}
