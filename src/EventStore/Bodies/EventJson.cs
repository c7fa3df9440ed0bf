using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Failures;

namespace TreasureHunt.EventStore.Bodies;

/// <summary>Reads and writes events in the event store's JSON format, with generated code: a replay reads millions.</summary>
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
    /// <param name="name">One of <see cref="EventNames"/>.</param>
    /// <exception cref="UnknownEventException">This build does not know the event.</exception>
    /// <exception cref="JsonException">The bytes are not an event with that name.</exception>
    public static object Deserialize(ReadOnlySpan<byte> utf8, string name) => JsonSerializer.Deserialize(utf8, InfoOf(name))!;

    /// <inheritdoc cref="Deserialize(ReadOnlySpan{byte}, string)"/>
    public static object Deserialize(JsonElement element, string name) => element.Deserialize(InfoOf(name))!;

    /// <param name="name">The name of the event.</param>
    public static JsonElement Serialize(object @event, string name) => JsonSerializer.SerializeToElement(@event, InfoOf(name));

    private static JsonTypeInfo InfoOf(string name)
    {
        var type = EventNames.Types.TryGetValue(name, out var known) ? known : throw new UnknownEventException(name);
        return Default.GetTypeInfo(type) ?? throw new NotSupportedException($"{type.Name} is not an event.");
    }
}
