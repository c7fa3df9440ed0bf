using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>
/// How envelopes are written and read. A fact is told as the log has it, without the hash of a proof and without fingerprints
/// of payloads: short codes can be guessed from them, and a consumer that counts claims has no use for them.
/// </summary>
public static class AnalyticsJson
{
    /// <summary>The property of a deciding event that is not told: proofs could be tried against it.</summary>
    public const string Fingerprint = "fingerprint";

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutProofs } },
    };

    private static void WithoutProofs(JsonTypeInfo type)
    {
        foreach (var secret in type.Properties.Where(property => property.PropertyType == typeof(ProofHash) || property.Name == Fingerprint)
            .ToList())
        {
            type.Properties.Remove(secret);
        }
    }
}
