using System.Text;
using System.Text.Json.Nodes;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>Claims on the public exchange with one invalid or unusual part each.</summary>
internal sealed class HostileStorefrontClaim(HostileValues values)
{
    private static readonly Dictionary<string, object?> UnusualHeaders = new()
    {
        ["MT-Fault-Address"] = "rabbitmq://elsewhere/queue",
        ["x-delay"] = 5,
        ["x-death"] = "no list",
    };

    public HostileMessage Next()
    {
        var claim = new JsonObject
        {
            ["treasureId"] = values.TreasureId(),
            ["playerId"] = "hostile",
            ["key"] = values.UniqueText(),
            ["proof"] = "guess",
        };
        switch (values.Next(9))
        {
            case 0:
                return values.BrokenMessage(BusNames.ClaimIntake, HostileMessage.PlainJson);
            case 1 when values.Next(3) == 0:
                claim["key"] = values.Any(HostileValues.InvalidKeys);
                break;
            case 1:
                claim[values.Any(["treasureId", "playerId"])] = values.Any(HostileValues.InvalidIds);
                break;
            case 2:
                claim[values.Any(["treasureId", "playerId", "key"])] = values.WrongType();
                break;
            case 3:
                claim.Remove(values.Any(["treasureId", "playerId", "key"]));
                break;
            case 4:
                claim["proof"] = values.Any(HostileValues.InvalidProofs);
                break;
            case 5:
                return Unusual(claim, UnusualHeaders);
            case 6:
                return Unusual(
                    claim, contentType: values.Any(
                        ["text/html", "application/xml", "", HostileMessage.MassTransitJson, new string('c', 200)]));
            case 7:
                return Unusual(claim, hasByteOrderMark: true);
            default:
                claim["more"] = values.LargeJson();
                return Unusual(claim);
        }

        return HostileMessage.OfJson(BusNames.ClaimIntake, claim, HostileMessage.PlainJson, ExpectedHandling.DeadLetter);
    }

    private static HostileMessage Unusual(
        JsonObject claim, IReadOnlyDictionary<string, object?>? headers = null, string contentType = HostileMessage.PlainJson,
        bool hasByteOrderMark = false)
    {
        var json = Encoding.UTF8.GetBytes(claim.ToJsonString());
        byte[] body = [.. hasByteOrderMark ? Encoding.UTF8.Preamble : [], .. json];
        return new HostileMessage(
            BusNames.ClaimIntake, body, contentType, headers ?? HostileMessage.NoHeaders, ExpectedHandling.MaybeDeadLetter);
    }
}
