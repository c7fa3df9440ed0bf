using System.Text;
using System.Text.Json.Nodes;

namespace TreasureHunt.Faults.Load;

/// <summary>A message to an exchange.</summary>
internal sealed record HostileMessage(
    string Exchange, byte[] Body, string ContentType, IReadOnlyDictionary<string, object?> Headers, ExpectedHandling Expected)
{
    public const string PlainJson = "application/json";
    public const string MassTransitJson = "application/vnd.masstransit+json";

    public static readonly IReadOnlyDictionary<string, object?> NoHeaders = new Dictionary<string, object?>();

    /// <summary>The body as text, as a reader of the dead-letter queue gets it.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    public static HostileMessage OfJson(string exchange, JsonNode message, string contentType, ExpectedHandling expected) =>
        new(exchange, Encoding.UTF8.GetBytes(message.ToJsonString()), contentType, NoHeaders, expected);
}
