using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Bus;

/// <summary>Tests of dead letters.</summary>
public abstract class DeadLetterTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    protected static async Task<long> CountDeadLetters(ApiCaller admin, string queue) =>
        (await admin.Get("/admin/errors")).Json.EnumerateArray().Single(entry => entry.GetProperty("queue").GetString() == queue)
            .GetProperty("count").GetInt64();

    /// <summary>Waits for one dead letter more than before, and returns the one with the text.</summary>
    protected static async Task<JsonElement> WaitForLetter(ApiCaller admin, string queue, long before, string text)
    {
        await Poll.Until("it is a dead letter", async () => await CountDeadLetters(admin, queue) == before + 1);
        return FindLetter((await admin.Get($"/admin/errors/{queue}?count=100")).Json.EnumerateArray(), text);
    }

    protected static JsonElement FindLetter(IEnumerable<JsonElement> letters, string text) =>
        letters.Single(letter => letter.GetProperty("body").GetString()!.Contains(text, StringComparison.Ordinal));

    protected static string IdOf(JsonElement letter) => letter.GetProperty("id").GetString()!;

    protected Task Publish(
        string shard, params object[] claims) => Engine.Bus.Publish(shard, "application/vnd.masstransit+json", JsonSerializer.Serialize(new
        {
            messageId = Ids.Fresh(),
            messageType = new[] { "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures" },
            message = new { claims },
        }));

    protected static object Claim(string treasureId, string playerId, string proof, DateTimeOffset acceptedAt) =>
        new { claimId = Ids.ForClaim(playerId, treasureId, "1"), treasureId, playerId, proof, acceptedAt };
}
