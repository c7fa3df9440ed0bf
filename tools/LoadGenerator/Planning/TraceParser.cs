using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>Parses and validates the lines of a trace.</summary>
internal static class TraceParser
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <param name="error">What is wrong with the line; empty when it is valid.</param>
    public static bool TryParse(string text, out TraceLine line, out string error)
    {
        line = new TraceLine(0, "", "", "", null);
        try
        {
            var written = JsonSerializer.Deserialize<TraceInput>(text, Json) ?? new TraceInput();
            error = ErrorIn(written);
            line = new TraceLine(written.OffsetMs ?? 0, written.Player ?? "", written.Treasure ?? "", written.Key ?? "", written.Proof);
        }
        // The JSON reader reports a lone surrogate, which UTF-8 cannot represent, as a wrong argument.
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            error = exception is JsonException { Path: { Length: > 2 } path }
                ? $"{path[2..]} has a wrong type" : "not a claim in JSON";
        }

        return error.Length == 0;
    }

    private static string ErrorIn(TraceInput line) => line switch
    {
        { OffsetMs: null } => "offsetMs is missing",
        { OffsetMs: not (>= 0 and < 1e10) } => "offsetMs must be 0 or more, in milliseconds",
        _ when !IdentifierRules.IsPlayer(line.Player) => $"player must be {IdentifierRules.PlayerRule}",
        _ when !IdentifierRules.IsSlug(line.Treasure) =>
            $"treasure must be {IdentifierRules.SlugRule}, beginning with a letter or digit",
        _ when !IdentifierRules.IsKey(line.Key) => $"key must be {IdentifierRules.KeyRule}",
        _ when !IdentifierRules.IsProof(line.Proof) =>
            $"proof must be at most {IdentifierRules.MaxProof} characters with {IdentifierRules.TextRule}",
        _ => "",
    };

    /// <summary>A line that may have been written by another program.</summary>
    private sealed record TraceInput(
        double? OffsetMs = null, string? Player = null, string? Treasure = null, string? Key = null, string? Proof = null);
}
