using System.Globalization;
using System.Text.Json;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Demo;

/// <summary>One line of a trace: who claimed what, and when, in milliseconds after the start.</summary>
/// <param name="Treasure">Slug of the treasure, as the shop calls it.</param>
public sealed record TraceLine(double OffsetMs, string Player, string Treasure, string Key, string? Proof);

/// <summary>A trace of claims as NDJSON: written by <c>--record</c>, sent again by <c>--from</c>.</summary>
public static class Trace
{
    /// <summary>A trace that is wrong is mostly wrong in the same way on every line.</summary>
    private const int ComplaintsShown = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The trace of a plan's storm: every claim that was sent, in the order in which it was.</summary>
    public static IEnumerable<TraceLine> Of(Plan plan, IReadOnlyList<double?> sentAtMs) =>
        plan.Storm
            .Zip(sentAtMs, (claim, at) => (claim, at))
            .Where(pair => pair.at is not null)
            .OrderBy(pair => pair.at)
            .Select(pair => new TraceLine(
                Math.Round(pair.at ?? 0, 3), plan.Players[pair.claim.Player], plan.Treasures[pair.claim.Treasure].Slug, pair.claim.Key,
                pair.claim.Proof));

    public static void Write(TextWriter output, IEnumerable<TraceLine> lines)
    {
        foreach (var line in lines)
        {
            output.Write(JsonSerializer.Serialize(line, Json));
            output.Write('\n');
        }
    }

    /// <summary>
    /// Reads a whole trace, in the order of its offsets. Throws a <see cref="CliException"/> that names every bad line (the first ten).
    /// </summary>
    public static IReadOnlyList<TraceLine> Read(TextReader input, string name)
    {
        var lines = new List<TraceLine>();
        var complaints = new List<string>();
        for (var number = 1; input.ReadLine() is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (TryParse(text, out var line, out var complaint))
            {
                lines.Add(line);
            }
            else
            {
                complaints.Add($"{name}, line {number.ToString(CultureInfo.InvariantCulture)}: {complaint}");
            }
        }

        if (complaints.Count > ComplaintsShown)
        {
            complaints = [.. complaints.Take(ComplaintsShown), $"… and {complaints.Count - ComplaintsShown} more."];
        }

        if (complaints.Count > 0)
        {
            throw new CliException(string.Join('\n', complaints) + "\nNothing was sent.");
        }

        if (lines.Count == 0)
        {
            throw new CliException($"{name} holds no claims.");
        }

        return [.. lines.OrderBy(line => line.OffsetMs)];
    }

    private static bool TryParse(string text, out TraceLine line, out string complaint)
    {
        line = new TraceLine(0, "", "", "", null);
        try
        {
            var written = JsonSerializer.Deserialize<TraceInput>(text, Json) ?? new TraceInput();
            complaint = Judge(written);
            line = new TraceLine(written.OffsetMs ?? 0, written.Player ?? "", written.Treasure ?? "", written.Key ?? "", written.Proof);
        }
        // A lone surrogate cannot become UTF-8, which the JSON reader tells as a wrong argument.
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            complaint = exception is JsonException { Path: { Length: > 2 } path }
                ? $"{path[2..]} is not of its kind" : "not a claim in JSON";
        }

        return complaint.Length == 0;
    }

    private static string Judge(TraceInput line) => line switch
    {
        { OffsetMs: null } => "offsetMs is missing",
        { OffsetMs: not (>= 0 and < 1e10) } => "offsetMs must be 0 or more, in milliseconds",
        _ when !IdentifierRules.IsPlayer(line.Player) => "player must be 1 to 64 characters of A-Z a-z 0-9 . _ : -",
        _ when !IdentifierRules.IsSlug(line.Treasure) =>
            "treasure must be 1 to 64 characters of a-z 0-9 -, beginning with a letter or digit",
        _ when !IdentifierRules.IsKey(line.Key) => "key must be 1 to 128 visible ASCII characters",
        _ when !IdentifierRules.IsProof(line.Proof) =>
            $"proof must be at most {IdentifierRules.MaxProof} characters with {IdentifierRules.TextRule}",
        _ => "",
    };

    /// <summary>A line as somebody else may have written it.</summary>
    private sealed record TraceInput(
        double? OffsetMs = null, string? Player = null, string? Treasure = null, string? Key = null, string? Proof = null);
}
