using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.EventStore.Reading;

/// <summary>Deserializes events from the event store's format, with generated code: a replay reads millions.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(HuntDrafted))]
[JsonSerializable(typeof(HuntScheduled))]
[JsonSerializable(typeof(HuntOpened))]
[JsonSerializable(typeof(HuntPaused))]
[JsonSerializable(typeof(HuntResumed))]
[JsonSerializable(typeof(HuntClosed))]
[JsonSerializable(typeof(HuntCancelled))]
[JsonSerializable(typeof(TreasureHidden))]
[JsonSerializable(typeof(ClueAdded))]
[JsonSerializable(typeof(ClueRevealed))]
[JsonSerializable(typeof(TreasureRestocked))]
[JsonSerializable(typeof(TreasureWithdrawn))]
[JsonSerializable(typeof(TreasureAwarded))]
[JsonSerializable(typeof(AwardRevoked))]
[JsonSerializable(typeof(ClaimRefused))]
public sealed partial class EventJson : JsonSerializerContext
{
    /// <exception cref="JsonException">The bytes are not an event of that type.</exception>
    public static object Deserialize(ReadOnlySpan<byte> utf8, Type type) => JsonSerializer.Deserialize(utf8, InfoOf(type))!;

    /// <exception cref="JsonException">The element is not an event of that type.</exception>
    public static object Deserialize(JsonElement element, Type type) => element.Deserialize(InfoOf(type))!;

    private static JsonTypeInfo InfoOf(Type type) =>
        Default.GetTypeInfo(type) ?? throw new NotSupportedException($"{type.Name} is not an event.");
}
