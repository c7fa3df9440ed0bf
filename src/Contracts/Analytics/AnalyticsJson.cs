using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TreasureHunt.Contracts.Analytics;

/// <summary>
/// How envelopes are written and read. A fact is told as the log has it, but for the hash of a proof: short codes can be
/// guessed from it, and whoever counts claims has no use for it.
/// </summary>
public static class AnalyticsJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutProofs } },
    };

    private static void WithoutProofs(JsonTypeInfo type)
    {
        foreach (var proof in type.Properties.Where(property => property.PropertyType == typeof(ProofHash)).ToList())
        {
            type.Properties.Remove(proof);
        }
    }
}
