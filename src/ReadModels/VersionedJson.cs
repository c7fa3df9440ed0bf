using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TreasureHunt.ReadModels;

/// <summary>Serializes views to the format of the caches, and deserializes them.</summary>
public static class VersionedJson
{
    public static VersionedValue Of<TView>(long sequence, TView view) =>
        new(sequence, JsonSerializer.SerializeToUtf8Bytes(view, TypeOf<TView>()));

    public static TView ToView<TView>(this VersionedValue value) =>
        JsonSerializer.Deserialize(value.Json.Span, TypeOf<TView>()) ?? throw new FormatException("A read model is never null.");

    private static JsonTypeInfo<TView> TypeOf<TView>() => (JsonTypeInfo<TView>)ViewJson.Default.GetTypeInfo(typeof(TView))!;
}
