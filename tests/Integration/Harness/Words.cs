using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>What players and admins do, in the words of the domain.</summary>
public static class Words
{
    private static readonly string[] Doors = ["api-1", "api-2"];

    /// <param name="wait">Seconds for which the caller would rather wait than ask again.</param>
    public static Task<ApiResponse> Claim(
        this ApiCaller player, string treasureId, string key, string? proof = null, int wait = 20) => player.Post(
        $"/v1/treasures/{treasureId}/claims",
        proof is null ? null : new { proof },
        ("Idempotency-Key", key),
        ("Prefer", $"wait={wait.ToString(CultureInfo.InvariantCulture)}"));

    /// <summary>Claims a unit, and hears that it is won: whoever is told to come back does, with the same key.</summary>
    public static async Task<ApiResponse> Wins(this ApiCaller player, string treasureId, string key)
    {
        var answer = await Until.Some($"{treasureId} is decided for {key}", async () =>
            await player.Claim(treasureId, key) is var told && told.Outcome != Outcomes.Pending ? told : null);
        Assert.Equal(Outcomes.Won, answer.Outcome);
        return answer;
    }

    /// <summary>Ten players claim a treasure at once.</summary>
    public static async Task Crowd(this Engine engine, string treasureId, string key) =>
        await Task.WhenAll(
            Enumerable.Range(0, 10).Select(
                n => engine.Player($"player-{n.ToString(CultureInfo.InvariantCulture)}").Claim(treasureId, key)));

    /// <summary>Asks for a claim until it is decided.</summary>
    public static Task<ApiResponse> Outcome(this ApiCaller caller, Guid claimId) => Until.Some($"claim {claimId} is decided", async () =>
    {
        var answer = await caller.Get($"/v1/claims/{claimId}", ("Prefer", "wait=5"));
        return answer.Problem == "200" && answer.Outcome != Outcomes.Pending ? answer : null;
    });

    /// <summary>Drafts a hunt around now.</summary>
    public static async Task<string> Draft(
        this ApiCaller admin, int? playerLimit = null, TimeSpan? opensIn = null, TimeSpan? announcedIn = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var answer =
            await admin.Command(
                "/v1/hunts",
                new
                {
                    name = "Autumn sale",
                    opensAt = now
                    + (opensIn ?? TimeSpan.Zero),
                    closesAt = now.AddHours(4),
                    playerLimit,
                    announceAt = now + announcedIn
                });
        Assert.Equal("201", answer.Problem);
        return answer.Id;
    }

    /// <summary>A command, sent again with the same key while nobody knows what became of it: a busy machine is no failure.</summary>
    public static Task<ApiResponse> Command(this ApiCaller admin, string path, object? body = null)
    {
        var key = Ids.FreshSlug();
        return Until.Some(
            $"{path} is answered",
            async () =>
                await admin.Post(path, body, ("Idempotency-Key", key)) is { Problem: not "503 outcome-unknown" } answer ? answer : null);
    }

    /// <summary>Drafts a hunt and opens it, and waits until every door knows.</summary>
    public static async Task<string> OpenHunt(this ApiCaller admin, int? playerLimit = null)
    {
        var huntId = await admin.Draft(playerLimit);
        await admin.Do(huntId, "open");
        await admin.SeesHunt(huntId, "open");
        return huntId;
    }

    /// <summary>One step in the life of a hunt.</summary>
    public static async Task Do(this ApiCaller admin, string huntId, string step) =>
        Assert.Equal("200", (await admin.Command($"/v1/hunts/{huntId}/{step}")).Problem);

    /// <summary>Hides a treasure, and waits until every door knows it.</summary>
    public static async Task<string> Hide(this ApiCaller admin, string huntId, int stock = 1, int perPlayer = 1, string? proof = null)
    {
        var answer = await admin.Command($"/v1/hunts/{huntId}/treasures", new { name = "Golden goose", stock, perPlayer, proof });
        Assert.Equal("201", answer.Problem);
        await admin.SeesTreasure(answer.Id, treasure => treasure.Status == System.Net.HttpStatusCode.OK);
        return answer.Id;
    }

    /// <summary>Waits until every door shows a treasure like this.</summary>
    public static async Task SeesTreasure(this ApiCaller caller, string treasureId, Func<ApiResponse, bool> like)
    {
        foreach (var door in Doors)
        {
            await Until.True($"{door} shows the treasure", async () => like(await caller.At(door).Get($"/v1/treasures/{treasureId}")));
        }
    }

    /// <summary>Waits until every door shows the hunt in this status.</summary>
    public static async Task SeesHunt(this ApiCaller caller, string huntId, string status)
    {
        foreach (var door in Doors)
        {
            await Until.True(
                $"{door} shows the hunt as {status}",
                async () => await caller.At(door).Get($"/v1/hunts/{huntId}") is { Problem: "200" } hunt && hunt.Word("status") == status);
        }
    }

    /// <summary>The generation of a read model that readers see, as PostgreSQL has it.</summary>
    public static Task<int> LiveGeneration(this Engine engine, string readModel) =>
        engine.Log.Value<int>($"select live from {engine.Schema}.generations where read_model = '{readModel}'");

    /// <summary>The keys of the generation of a read model that readers see.</summary>
    public static async Task<GenerationKeys> LiveKeys(this Engine engine, string readModel) =>
        new ReadModelKeys(engine.Prefix).In(readModel, await engine.LiveGeneration(readModel));

    /// <summary>The audit of a hunt, once the read models have come to the end of its log; fails when it is not clean.</summary>
    public static async Task<JsonElement> CleanAudit(this Engine engine, string huntId, string projections = "projections-1")
    {
        var admin = engine.Admin(projections);
        var report = JsonDocument.Parse("{}").RootElement;
        try
        {
            await Until.True("every read model equals the fold of the log", async () =>
            {
                var answer = await admin.Get($"/admin/audit?huntId={huntId}");
                // A cache that does not answer in time leaves no audit.
                if (answer.Problem != "200")
                {
                    return false;
                }

                report = answer["hunts"][0];
                return report.GetProperty("readModelDifferences").GetInt32() == 0;
            });
        }
        catch (TimeoutException exception)
        {
            Assert.Fail($"{exception.Message}\n{report}");
        }

        foreach (var sin in (string[])["doubleWinners", "overStock", "limitViolations", "duplicateOutcomes", "versionHoles"])
        {
            Assert.True(report.GetProperty(sin).GetInt32() == 0, $"{sin}: {report}");
        }

        return report;
    }
}
