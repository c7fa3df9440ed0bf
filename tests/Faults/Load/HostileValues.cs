using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace TreasureHunt.Faults.Load;

/// <summary>Random invalid values for the fields of messages. The same seed gives the same values.</summary>
internal sealed class HostileValues(Random random, DateTimeOffset now, IReadOnlyList<string> treasureIds)
{
    public static readonly string[] InvalidIds = [
        "", " ", "a\0b", "\u001b[2J", new('a', 65), new('a', 100_000), "a/b", "ä", "a\nb", "\ud83e\udda2"];

    public static readonly string[] InvalidKeys =
        ["", " ", "a\0b", "\u001b[2J", new('k', 129), new('k', 100_000), "ä", "a\nb", "\ud83e\udda2"];

    public static readonly string[] InvalidProofs = ["p\0", new('p', 129), "\u001b", new('p', 200_000)];

    public static readonly string[] InvalidTraces = ["", "a\0b", "\u001b[2J", new('t', 129), new('t', 100_000), "ä"];

    public static readonly string[] InvalidFingerprints = ["", " ", "a\0b", new('f', 33), new('f', 10_000)];

    private static readonly string[] InvalidJson = [
        "", "{", "[", "null", "7", "\"text\"", "<xml/>", "{\"message\": { \"claims\": ", new('[', 5_000), "\u0000\u0001\u0002", "{]"];

    private int _number;

    /// <summary>A treasure that exists.</summary>
    public string TreasureId() => Any(treasureIds);

    public int Next(int count) => random.Next(count);

    public T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    public string Time(TimeSpan fromNow) => (now + fromNow).ToString("O", CultureInfo.InvariantCulture);

    /// <param name="version">The digit of the UUID's version.</param>
    public string Uuid(int version) => Guid.Parse(
        string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}-0000-{version}000-8000-{random.Next():x12}")).ToString();

    /// <summary>A text that makes the message unique in the dead-letter queue.</summary>
    public string UniqueText() => string.Create(CultureInfo.InvariantCulture, $"hostile-{++_number}-{random.Next()}");

    public string InvalidText(int maxLength) =>
        Any(["", " ", "a\0b", new string('n', maxLength + 1), new string('n', 100_000)]);

    public JsonNode WrongType() => Any<Func<JsonNode>>([() => 7, () => true, () => new JsonArray(1), () => new JsonObject()])();

    /// <summary>A long or deeply nested array.</summary>
    public JsonNode LargeJson()
    {
        if (random.Next(3) == 0)
        {
            return new JsonArray([.. Enumerable.Range(0, 20_000).Select(n => (JsonNode)n)]);
        }

        JsonNode nested = new JsonArray();
        for (var level = random.Next(10, 60); level > 0; level--)
        {
            nested = new JsonArray(nested);
        }

        return nested;
    }

    /// <summary>A message whose body is not JSON of the expected form.</summary>
    public HostileMessage BrokenMessage(string exchange, string contentType)
    {
        var body = Encoding.UTF8.GetBytes(Any(InvalidJson) + (random.Next(2) == 0 ? "" : " " + UniqueText()));
        return new HostileMessage(
            exchange, random.Next(4) == 0 ? [.. body, 0xFF, 0xC0, 0x80] : body, contentType, HostileMessage.NoHeaders,
            ExpectedHandling.DeadLetter);
    }

    /// <summary>A message in the envelope of MassTransit.</summary>
    public HostileMessage Envelope(string exchange, string type, JsonNode message, ExpectedHandling expected) => HostileMessage.OfJson(
        exchange,
        new JsonObject
        {
            ["messageId"] = Uuid(version: 4),
            ["messageType"] = new JsonArray(type),
            ["message"] = message,
            ["sentTime"] = "1970-01-01T00:00:00Z",
            ["marker"] = UniqueText(),
            ["faultAddress"] = "rabbitmq://127.0.0.1/claims-0",
            ["headers"] = new JsonObject { ["MT-Redelivery-Count"] = "many" },
        },
        HostileMessage.MassTransitJson,
        expected);
}
