using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using TreasureHunt.Contracts;

namespace TreasureHunt.Faults.Load;

/// <summary>What must become of a message.</summary>
internal enum Fate
{
    /// <summary>It breaks a rule of form for certain: it becomes a dead letter.</summary>
    DeadLetter,

    /// <summary>It may be taken or refused: a dead letter at the most once.</summary>
    Either,

    /// <summary>It goes to a queue that does not outlive its host: it may vanish.</summary>
    Vanishes,
}

/// <summary>A message as it goes to the broker.</summary>
internal sealed record HostileMessage(
    string Exchange, byte[] Body, string ContentType, IReadOnlyDictionary<string, object?> Headers, Fate Fate)
{
    /// <summary>The body as a reader of a dead-letter queue sees it.</summary>
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>Messages that no honest sender sends. The same seed gives the same messages.</summary>
/// <param name="treasureIds">Treasures that exist, and whose claims nobody writes down.</param>
internal sealed class HostileMessages(Random dice, DateTimeOffset now, IReadOnlyList<string> treasureIds)
{
    private const string PlainJson = "application/json";
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Claims = "urn:message:TreasureHunt.Contracts.Commands:ClaimTreasures";
    private const string Commands = "urn:message:TreasureHunt.Contracts.Commands:";

    private static readonly Dictionary<string, object?> NoHeaders = [];

    private static readonly string[] NotJson = [
        "", "{", "[", "null", "7", "\"text\"", "<xml/>", "{\"message\": { \"claims\": ", new('[', 5_000), "\u0000\u0001\u0002", "{]"];

    /// <summary>No identifier of any kind has such a form.</summary>
    private static readonly string[] NoIds = [
        "", " ", "a\0b", "\u001b[2J", new('a', 65), new('a', 100_000), "a/b", "ä", "a\nb", "\ud83e\udda2"];

    private static readonly string[] NoKeys = ["", " ", "a\0b", "\u001b[2J", new('k', 129), new('k', 100_000), "ä", "a\nb", "\ud83e\udda2"];

    private static readonly string[] NoProofs = ["p\0", new('p', 129), "\u001b", new('p', 200_000)];

    private static readonly string[] NoTraces = ["", "a\0b", "\u001b[2J", new('t', 129), new('t', 100_000), "ä"];

    private static readonly string[] NoFingerprints = ["", " ", "a\0b", new('f', 33), new('f', 10_000)];

    private int _number;

    /// <summary>A claim as a storefront puts it onto the public exchange.</summary>
    public HostileMessage OfStorefront()
    {
        var claim = new JsonObject { ["treasureId"] = Any(treasureIds), ["playerId"] = "hostile", ["key"] = Marker(), ["proof"] = "guess" };
        switch (dice.Next(9))
        {
            case 0: return Broken(BusNames.ClaimIntake, PlainJson);
            case 1 when dice.Next(3) == 0: claim["key"] = Any(NoKeys); break;
            case 1: claim[Any(["treasureId", "playerId"])] = Any(NoIds); break;
            case 2: claim[Any(["treasureId", "playerId", "key"])] = WrongType(); break;
            case 3: claim.Remove(Any(["treasureId", "playerId", "key"])); break;
            case 4: claim["proof"] = Any(NoProofs); break;
            case 5:
                return Odd(
                BusNames.ClaimIntake, claim,
                new Dictionary<string, object?> { ["MT-Fault-Address"] = "rabbitmq://elsewhere/queue", ["x-delay"] = 5, ["x-death"] = "no list" });
            case 6:
                return Odd(
                BusNames.ClaimIntake, claim, NoHeaders,
                contentType: Any(["text/html", "application/xml", "", Envelope, new string('c', 200)]));
            case 7: return Odd(BusNames.ClaimIntake, claim, NoHeaders, byteOrderMark: true);
            default:
                claim["more"] = Deep();
                return Odd(BusNames.ClaimIntake, claim, NoHeaders);
        }

        return Of(BusNames.ClaimIntake, claim, PlainJson, Fate.DeadLetter);
    }

    /// <summary>Claims as the Api puts them onto a shard's queue.</summary>
    public HostileMessage OfShard(int shard)
    {
        var claim = new JsonObject
        {
            ["claimId"] = Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{dice.Next():x8}-0000-5000-8000-{dice.Next():x12}"))
                .ToString(),
            ["treasureId"] = Any(treasureIds),
            ["playerId"] = "hostile",
            ["proof"] = Any([null, "guess"]),
            ["acceptedAt"] = now.ToString("O", CultureInfo.InvariantCulture),
            ["traceParent"] = Any([null, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]),
            ["fingerprint"] = Any([null, "-", "AAAA.AAAAAAAAAAA"]),
            ["marker"] = Marker(),
        };
        JsonNode message = new JsonObject { ["claims"] = new JsonArray(claim) };
        var fate = Fate.DeadLetter;
        switch (dice.Next(11))
        {
            case 0: return Broken(BusNames.Shard(shard), Envelope);
            case 1: claim[Any(["treasureId", "playerId"])] = Any(NoIds); break;
            case 2:
                claim[Any(["treasureId", "playerId", "claimId", "acceptedAt", "proof", "traceParent", "fingerprint"])] = new JsonArray(
                1); break;
            case 3: claim["claimId"] = Any(["00000000-0000-0000-0000-000000000000", "none", ""]); break;
            case 4: message["claims"] = Any<JsonNode?>([null, 7, "claims", new JsonArray((JsonNode?)null)]); break;
            case 5:
                return OfType(
                BusNames.Shard(shard), Any(["urn:message:Other:Message", "", "ClaimTreasures"]), message, Fate.DeadLetter);
            case 6:
                claim["acceptedAt"] = Any(
                ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z"]); fate = Fate.Either; break;
            case 7: claim["proof"] = Any(NoProofs); break;
            case 8: claim["traceParent"] = Any(NoTraces); break;
            case 9: claim["fingerprint"] = Any(NoFingerprints); break;
            default: message["more"] = Deep(); fate = Fate.Either; break;
        }

        return OfType(BusNames.Shard(shard), Claims, message, fate);
    }

    /// <summary>Commands as the Api puts them onto the administrators' queue. None that is well-formed: it would be carried out.</summary>
    public HostileMessage OfAdministration()
    {
        var (type, command, breaks) = Any<Func<(string, JsonObject, (string Field, JsonNode? Value)[])>>(
            [Draft, Change, Hide, Add, Restock, Withdraw, Revoke])();
        command["commandId"] = Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{dice.Next():x8}-0000-5000-8000-{dice.Next():x12}"))
            .ToString();
        command["at"] = Time(TimeSpan.Zero);
        command["marker"] = Marker();
        // Two of three break a rule of this command alone; every other field is as it must be, so that no other rule catches it.
        var (field, value) = dice.Next(3) > 0 ? Any(breaks) : Any<(string, JsonNode?)>(
            [("commandId", Guid.Empty.ToString()), ("commandId", new JsonArray(1)), ("at", "0001-01-01T00:00:00Z"), ("at", Time(
                TimeSpan.FromDays(1))), ("at", "2026-02-30T00:00:00Z")]);
        command[field] = value?.DeepClone();
        return dice.Next(10) switch
        {
            0 => Broken(BusNames.Admin, Envelope),
            1 => OfType(BusNames.Admin, $"{Commands}DropEverything", command, Fate.DeadLetter),
            _ => OfType(BusNames.Admin, Commands + type, command, Fate.DeadLetter),
        };
    }

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Draft() => (
        "DraftHunt",
        new JsonObject
        {
            ["huntId"] = "hostile",
            ["name"] = "Hostile",
            ["opensAt"] = Time(TimeSpan.FromHours(1)),
            ["closesAt"] = Time(
            TimeSpan.FromHours(2)),
            ["playerLimit"] = 1
        },
        [
            ("huntId", Any(NoIds)), ("name", NoText(200)), ("playerLimit", Any([0, -1, 1_000_001])), ("playerLimit", "many"),
            ("announceAt", Time(TimeSpan.FromHours(2))),
            ("opensAt", "2026-01-01T00:00:00+02:00"), ("closesAt", Time(TimeSpan.Zero)), ("closesAt", new JsonArray(1)),
        ]);

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Change() => (
        "ChangeHunt", new JsonObject { ["huntId"] = "hostile", ["change"] = 0 }, [
            ("huntId", Any(NoIds)), ("change", Any([-1, 6, int.MaxValue])), ("change", new JsonArray(1))]);

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Hide() => (
        "HideTreasure",
        new JsonObject { ["treasureId"] = "hostile", ["huntId"] = "hostile", ["name"] = "Hostile", ["stock"] = 1, ["perPlayer"] = 1, ["proof"] = null, ["clues"] = new JsonArray() },
        [
            ("treasureId", Any(NoIds)), ("huntId", Any(NoIds)), ("name", NoText(200)), ("stock", Any([-1, 10_000_001])), ("stock", "many"),
            ("perPlayer", Any([0, 1_000_001])),
            ("proof", new JsonObject { ["salt"] = "AA==", ["hash"] = "AA==" }), ("clues", null), ("clues", new JsonArray((JsonNode?)null)),
            ("clues", new JsonArray(Clue(NoText(1000)))),
            ("clues", new JsonArray([.. Enumerable.Range(0, 101).Select(_ => (JsonNode?)Clue("far"))])),
        ]);

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Add() => (
        "AddClue", new JsonObject { ["treasureId"] = "hostile", ["clue"] = Clue("far") }, [
            ("treasureId", Any(NoIds)), ("clue", null), ("clue", Clue(NoText(1000))), ("clue", new JsonArray(1))]);

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Restock() => (
        "RestockTreasure", new JsonObject { ["treasureId"] = "hostile", ["units"] = 1 }, [
            ("treasureId", Any(NoIds)), ("units", Any([0, -1, 1_000_001])), ("units", "many")]);

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Withdraw() => (
        "WithdrawTreasure", new JsonObject { ["treasureId"] = "hostile" }, [("treasureId", Any(NoIds)), ("treasureId", new JsonArray(1))]);

    private (string Type, JsonObject Command, (string, JsonNode?)[] Breaks) Revoke() => (
        "RevokeAward",
        new JsonObject { ["treasureId"] = "hostile", ["claimId"] = "00000000-0000-5000-8000-000000000001", ["because"] = "Hostile" },
        [("treasureId", Any(NoIds)), ("claimId", Guid.Empty.ToString()), ("claimId", "none"), ("because", NoText(500))]);

    private JsonObject Clue(string text) => new() { ["text"] = text, ["revealAt"] = Time(TimeSpan.Zero) };

    private string NoText(int longest) => Any(["", " ", "a\0b", new string('n', longest + 1), new string('n', 100_000)]);

    private string Time(TimeSpan later) => (now + later).ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Answers of a worker, for an Api that has asked for none.</summary>
    public HostileMessage OfWorker(string exchange)
    {
        var decided =
            new JsonObject
            {
                ["claims"] = Any<JsonNode?>(
                [null, 7, new JsonArray((JsonNode?)null), new JsonArray(
                    new JsonObject { ["claimId"] = Guid.Empty.ToString(), ["outcome"] = "won" })])
            };
        return dice.Next(3) == 0
            ? Broken(exchange, Envelope) with { Fate = Fate.Vanishes }
            : OfType(exchange, "urn:message:TreasureHunt.Contracts.Commands:ClaimsDecided", decided, Fate.Vanishes);
    }

    /// <summary>Facts for analytics that never happened.</summary>
    public HostileMessage OfProjections() => Broken(BusNames.Events, PlainJson) with { Fate = Fate.Vanishes };

    private HostileMessage OfType(string exchange, string type, JsonNode message, Fate fate) => Of(
        exchange,
        new JsonObject
        {
            ["messageId"] = Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{dice.Next():x8}-0000-4000-8000-{dice.Next():x12}"))
                .ToString(),
            ["messageType"] = new JsonArray(type),
            ["message"] = message,
            ["sentTime"] = "1970-01-01T00:00:00Z",
            ["marker"] = Marker(),
            ["faultAddress"] = "rabbitmq://127.0.0.1/claims-0",
            ["headers"] = new JsonObject { ["MT-Redelivery-Count"] = "many" },
        },
        Envelope,
        fate);

    private HostileMessage Broken(string exchange, string contentType)
    {
        var body = Encoding.UTF8.GetBytes(Any(NotJson) + (dice.Next(2) == 0 ? "" : " " + Marker()));
        return new HostileMessage(
            exchange, dice.Next(4) == 0 ? [.. body, 0xFF, 0xC0, 0x80] : body, contentType, NoHeaders, Fate.DeadLetter);
    }

    private static HostileMessage Odd(
        string exchange, JsonNode message, IReadOnlyDictionary<string, object?> headers, string contentType = PlainJson,
        bool byteOrderMark = false) =>
        new(exchange, [
            .. byteOrderMark ? Encoding.UTF8.Preamble : [], .. Encoding.UTF8.GetBytes(message.ToJsonString())], contentType, headers,
            Fate.Either);

    private static HostileMessage Of(string exchange, JsonNode message, string contentType, Fate fate) =>
        new(exchange, Encoding.UTF8.GetBytes(message.ToJsonString()), contentType, NoHeaders, fate);

    private JsonNode WrongType() => Any<Func<JsonNode>>([() => 7, () => true, () => new JsonArray(1), () => new JsonObject()])();

    private JsonNode Deep()
    {
        if (dice.Next(3) == 0)
        {
            return new JsonArray([.. Enumerable.Range(0, 20_000).Select(n => (JsonNode)n)]);
        }

        JsonNode deep = new JsonArray();
        for (var level = dice.Next(10, 60); level > 0; level--)
        {
            deep = new JsonArray(deep);
        }

        return deep;
    }

    // Each message is told apart from all others in a dead-letter queue.
    private string Marker() => string.Create(CultureInfo.InvariantCulture, $"hostile-{++_number}-{dice.Next()}");

    private T Any<T>(IReadOnlyList<T> values) => values[dice.Next(values.Count)];
}
