using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TreasureHunt.ReadModels;

/// <summary>Turns views into what the caches hold, and back.</summary>
public static class VersionedJson
{
    public static VersionedValue Of<TView>(long sequence, TView view) =>
        new(sequence, JsonSerializer.SerializeToUtf8Bytes(view, TypeOf<TView>()));

    public static TView View<TView>(this VersionedValue value) =>
        JsonSerializer.Deserialize(value.Json.Span, TypeOf<TView>()) ?? throw new FormatException("A read model is never null.");

    private static JsonTypeInfo<TView> TypeOf<TView>() => (JsonTypeInfo<TView>)ViewJson.Default.GetTypeInfo(typeof(TView))!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(HuntView))]
[JsonSerializable(typeof(TreasureView))]
[JsonSerializable(typeof(ClaimView))]
internal sealed partial class ViewJson : JsonSerializerContext;
