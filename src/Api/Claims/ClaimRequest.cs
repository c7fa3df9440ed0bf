using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary>The body of a claim.</summary>
/// <param name="Proof">The code found at the hiding place, at most 128 characters.</param>
public sealed record ClaimRequest(string? Proof = null)
{
    /// <summary>Largest body in bytes.</summary>
    public const int MaxBytes = 4096;

    /// <summary>Reads the proof from the body of a request; null when there is no body or no proof in it.</summary>
    public static async Task<(string? Proof, IResult? Problem)> ReadProofAsync(HttpContext http)
    {
        if (http.Request.ContentLength is 0
            || (http.Request.ContentLength is null && !http.Request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return (null, null);
        }

        if (!http.Request.HasJsonContentType())
        {
            return (null, ProblemResults.Of(ProblemNames.UnsupportedMediaType));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(http.Request.Body, ClaimRequestJson.Default.ClaimRequest, http.RequestAborted);
            return IdentifierRules.IsProof(body?.Proof)
                ? (body?.Proof, null)
                : (null, ProblemResults.Invalid("proof", $"at most {IdentifierRules.MaxProof} characters; {IdentifierRules.TextRule}"));
        }
        catch (JsonException exception)
        {
            return (null, ProblemResults.Of(ProblemNames.InvalidJson, ProblemResults.LocationOf(exception)));
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ClaimRequest))]
internal sealed partial class ClaimRequestJson : JsonSerializerContext;
