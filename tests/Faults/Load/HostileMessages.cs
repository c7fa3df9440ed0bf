using System.Text.Json.Nodes;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>Generates malformed and unusual messages for each exchange. The same seed gives the same messages.</summary>
/// <param name="treasureIds">Treasures that exist, and whose calls the suite does not record.</param>
internal sealed class HostileMessages(Random random, DateTimeOffset now, IReadOnlyList<string> treasureIds)
{
    private readonly HostileValues _values = new(random, now, treasureIds);

    /// <summary>A message of a storefront to the public exchange.</summary>
    public HostileMessage NextStorefrontClaim() => new HostileStorefrontClaim(_values).Next();

    /// <summary>A message of an Api to the queue of a shard.</summary>
    public HostileMessage NextShardMessage(int shard) => new HostileShardMessage(_values).Next(shard);

    /// <summary>A message of an Api to the queue of admin commands. It is never well-formed, because it would be executed.</summary>
    public HostileMessage NextAdminCommand() => new HostileAdminCommand(_values).Next();

    /// <summary>A worker's reply to an Api that has sent no request.</summary>
    /// <param name="exchange">The Api's exchange for outcomes.</param>
    public HostileMessage NextWorkerReply(string exchange)
    {
        var won = new JsonObject { ["claimId"] = Guid.Empty.ToString(), ["outcome"] = "won" };
        var claims = _values.Any<JsonNode?>([null, 7, new JsonArray((JsonNode?)null), new JsonArray(won)]);
        var decided = new JsonObject { ["claims"] = claims };
        return random.Next(3) == 0
            ? _values.BrokenMessage(exchange, HostileMessage.MassTransitJson) with { Expected = ExpectedHandling.MayBeLost }
            : _values.Envelope(
                exchange, "urn:message:TreasureHunt.Contracts.Commands:ClaimsDecided", decided, ExpectedHandling.MayBeLost);
    }

    /// <summary>A message to the exchange of the analytics events.</summary>
    public HostileMessage NextAnalyticsEvent() =>
        _values.BrokenMessage(BusNames.Events, HostileMessage.PlainJson) with { Expected = ExpectedHandling.MayBeLost };
}
