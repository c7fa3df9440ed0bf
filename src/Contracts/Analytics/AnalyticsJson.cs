using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>
/// The JSON options of envelopes. An event is published as it is recorded, without hashes of proofs and fingerprints of payloads: short
/// codes can be guessed from them, and consumers do not need them.
/// </summary>
public static class AnalyticsJson
{
    /// <summary>The property of a deciding event that is not published: proofs could be tested against it.</summary>
    public const string Fingerprint = "fingerprint";

    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RemoveSecrets } },
    };

    private static void RemoveSecrets(JsonTypeInfo type)
    {
        foreach (var secret in type.Properties.Where(property => property.PropertyType == typeof(ProofHash) || property.Name == Fingerprint)
            .ToList())
        {
            type.Properties.Remove(secret);
        }
    }
}
