using System.Text.Json;
using System.Text.Json.Serialization;

namespace TreasureHunt.Peers.Front;

/// <summary>The part of the body of a hunt that peers use.</summary>
internal sealed record HuntBody(string HuntId);

/// <summary>The part of the body of a treasure that peers use.</summary>
internal sealed record TreasureBody(string TreasureId, int Stock, int? PerPlayer);

/// <summary>The body of a claim.</summary>
internal sealed record ClaimBody(string? Proof);

/// <summary>The response to an administrator's command.</summary>
internal sealed record Recorded(string Id, long Sequence);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClaimBody))]
[JsonSerializable(typeof(ClaimAnswer))]
[JsonSerializable(typeof(TreasureAnswer))]
internal sealed partial class FrontJson : JsonSerializerContext;
