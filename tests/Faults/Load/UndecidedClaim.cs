using System.Text.Json;
using System.Text.Json.Serialization;
using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Faults.Load;

/// <summary>A claim that the read model shows as pending for half an hour. It was never sent, so it is never decided.</summary>
internal static class UndecidedClaim
{
    private static readonly TimeSpan Ttl = TimeSpan.FromMinutes(30);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <returns>The claim id.</returns>
    public static async Task<Guid> Create(string player, string treasureId, DateTimeOffset now)
    {
        var claimId = Ids.ForClaim(player, treasureId, "never sent");
        var view = new ClaimView(claimId, treasureId, "", player, Outcomes.Pending, AcceptedAt: now);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ServerAddresses.Setting(ServerAddresses.RedisReadModels));
        var key = new ReadModelKeys(ServerAddresses.Setting("ReadModels__Prefix")).Pending(claimId);
        await redis.GetDatabase().StringSetAsync(key, $"0|{JsonSerializer.Serialize(view, Json)}", Ttl);
        return claimId;
    }
}
