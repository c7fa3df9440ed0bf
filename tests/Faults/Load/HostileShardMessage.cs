using System.Text.Json.Nodes;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>Claims on the queue of a shard with one invalid or unusual part each.</summary>
internal sealed class HostileShardMessage(HostileValues values)
{
    private const string ClaimsType = "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures";

    private static readonly string[] Fields =
        ["treasureId", "playerId", "claimId", "acceptedAt", "proof", "traceParent", "fingerprint"];

    public HostileMessage Next(int shard)
    {
        var exchange = BusNames.Shard(shard);
        var claim = ValidClaim();
        JsonNode message = new JsonObject { ["claims"] = new JsonArray(claim) };
        var expected = ExpectedHandling.DeadLetter;
        switch (values.Next(11))
        {
            case 0:
                return values.BrokenMessage(exchange, HostileMessage.MassTransitJson);
            case 1:
                claim[values.Any(["treasureId", "playerId"])] = values.Any(HostileValues.InvalidIds);
                break;
            case 2:
                claim[values.Any(Fields)] = new JsonArray(1);
                break;
            case 3:
                claim["claimId"] = values.Any(["00000000-0000-0000-0000-000000000000", "none", ""]);
                break;
            case 4:
                message["claims"] = values.Any<JsonNode?>([null, 7, "claims", new JsonArray((JsonNode?)null)]);
                break;
            case 5:
                return values.Envelope(
                    exchange, values.Any(["urn:message:Other:Message", "", "ClaimTreasures"]), message, ExpectedHandling.DeadLetter);
            case 6:
                claim["acceptedAt"] = values.Any(["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z"]);
                expected = ExpectedHandling.MaybeDeadLetter;
                break;
            case 7:
                claim["proof"] = values.Any(HostileValues.InvalidProofs);
                break;
            case 8:
                claim["traceParent"] = values.Any(HostileValues.InvalidTraces);
                break;
            case 9:
                claim["fingerprint"] = values.Any(HostileValues.InvalidFingerprints);
                break;
            default:
                message["more"] = values.LargeJson();
                expected = ExpectedHandling.MaybeDeadLetter;
                break;
        }

        return values.Envelope(exchange, ClaimsType, message, expected);
    }

    private JsonObject ValidClaim() => new()
    {
        ["claimId"] = values.Uuid(version: 5),
        ["treasureId"] = values.TreasureId(),
        ["playerId"] = "hostile",
        ["proof"] = values.Any([null, "guess"]),
        ["acceptedAt"] = values.Time(TimeSpan.Zero),
        ["traceParent"] = values.Any([null, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]),
        ["fingerprint"] = values.Any([null, "-", "AAAA.AAAAAAAAAAA"]),
        ["marker"] = values.UniqueText(),
    };
}
