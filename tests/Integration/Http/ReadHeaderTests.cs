using System.Globalization;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The headers of reads.</summary>
public sealed class ReadHeaderTests(SharedEngine engine) : EngineTests(engine)
{
    private ApiCaller Admin => Engine.Admin();

    [Fact]
    public async Task Every_read_has_a_sequence_an_age_and_an_ETag()
    {
        var huntId = await Admin.OpenHunt();
        var treasureId = await Admin.Hide(huntId, stock: 2);
        var alice = Engine.Player("alice");
        var claim = await alice.Wins(treasureId, "key");
        await alice.WaitForOutcome(claim.ClaimId);
        await Admin.WaitForTreasure(treasureId, treasure => treasure.NumberOf("awarded") == 1);
        await Engine.AssertCleanAudit(huntId);

        string[] paths =
        [
            "/v1/hunts", $"/v1/hunts/{huntId}", $"/v1/hunts/{huntId}/leaderboard", $"/v1/treasures/{treasureId}",
            $"/v1/claims/{claim.ClaimId}", "/v1/players/me/claims?top=1",
        ];
        foreach (var path in paths)
        {
            var (answer, again) = await ReadTwice(alice, path);
            Assert.Equal("200", answer.Problem);
            Assert.InRange(Number(answer, "Hunt-Sequence"), 1, long.MaxValue);
            Assert.InRange(Number(answer, "Hunt-Age-Ms"), 0, 60_000);
            Assert.Matches("^\"[^\"]+\"$", answer.Headers["ETag"]);
            Assert.Equal(("304", "", answer.Headers["ETag"]), (again.Problem, again.Text, again.Headers["ETag"]));
            Assert.Equal("200", (await alice.Get(path, ("If-None-Match", "\"another\""))).Problem);
            Assert.Contains(answer.Headers["Hunt-Status"], (string[])["normal", "degraded"]);
            var mine = path.Contains("claims", StringComparison.Ordinal);
            Assert.Equal(
                mine ? ["no-cache", "private"] : (string[])["max-age=0", "public", "s-maxage=1", "stale-if-error=60"],
                answer.Headers["Cache-Control"].Split(", ").Order());
            Assert.Equal("Authorization", answer.Headers["Vary"]);

            // A reader with a newer ETag of another Api keeps its value.
            var later = $"\"{Number(answer, "Hunt-Sequence") + 1_000_000}-whatever\"";
            var kept = await alice.Get(path, ("If-None-Match", later));
            Assert.Equal(("304", later), (kept.Problem, kept.Headers["ETag"]));
            var earlier = await alice.Get(path, ("If-None-Match", $"\"{Number(answer, "Hunt-Sequence") - 1}\""));
            Assert.Equal("200", earlier.Problem);
        }

        Assert.Equal(
            (await Engine.EventStore.OfTreasure(treasureId))[^1].Sequence,
            Number(await alice.Get($"/v1/treasures/{treasureId}"), "Hunt-Sequence"));
    }

    // A value may change between two reads while the projections process events of other tests: then both are repeated.
    private static async Task<(ApiResponse, ApiResponse)> ReadTwice(ApiCaller caller, string path)
    {
        (ApiResponse, ApiResponse)? reads = null;
        await Poll.Until($"{path} does not change", async () =>
        {
            var answer = await caller.Get(path);
            if (answer.Problem != "200")
            {
                return false;
            }

            var again = await caller.Get(path, ("If-None-Match", answer.Headers["ETag"]));
            reads = (answer, again);
            return again.Problem == "304";
        });
        return reads!.Value;
    }

    private static long Number(ApiResponse answer, string header) => long.Parse(answer.Headers[header], CultureInfo.InvariantCulture);
}
