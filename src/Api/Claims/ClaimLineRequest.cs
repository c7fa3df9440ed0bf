using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Claims;

/// <summary>One claim of a request with several claims. It has the members of the message <see cref="ClaimTreasure"/>.</summary>
/// <remarks>What a caller leaves out is null, also where the type says otherwise.</remarks>
/// <param name="TreasureId">The treasure.</param>
/// <param name="Key">The idempotency key. The same player, treasure and key are the same claim.</param>
/// <param name="PlayerId">The player. Required with a storefront's token; optional with the token of this player.</param>
/// <param name="Proof">The code found at the hiding place, at most 128 characters.</param>
public sealed record ClaimLineRequest(string TreasureId, string Key, string? PlayerId = null, string? Proof = null);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClaimLineRequest))]
internal sealed partial class ClaimLineRequestJson : JsonSerializerContext;
