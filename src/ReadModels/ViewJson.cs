using System.Text.Json.Serialization;

namespace TreasureHunt.ReadModels;

/// <summary>The JSON format of views. It is part of the storage format.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(HuntView))]
[JsonSerializable(typeof(TreasureView))]
[JsonSerializable(typeof(ClaimView))]
internal sealed partial class ViewJson : JsonSerializerContext;
