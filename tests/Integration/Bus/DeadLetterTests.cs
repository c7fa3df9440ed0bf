using System.Text.Json;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Bus;

/// <summary>Tests of dead letters.</summary>
public abstract class DeadLetterTests(DisruptionEngine fixture) : DisruptionTests(fixture)
{
    protected static async Task<long> CountDeadLetters(ApiCaller admin, string queue) =>
        (await admin.Get("/admin/errors")).Json.EnumerateArray().Single(entry => entry.GetProperty("queue").GetString() == queue)
            .GetProperty("count").GetInt64();

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
