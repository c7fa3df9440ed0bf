using System.Globalization;
using System.Text.Json;

namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>A trace of claims as NDJSON: <c>--record</c> writes it, <c>--from</c> sends it again.</summary>
public static class Trace
{
    /// <summary>A wrong trace is mostly wrong in the same way on every line.</summary>
    private const int MaxErrors = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The trace of a run: every claim that was sent, in the order of sending.</summary>
    public static IEnumerable<TraceLine> Of(Plan plan, IReadOnlyList<double?> sentAtMs) =>
        plan.PeakClaims
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

    /// <summary>Reads a whole trace, in the order of its offsets.</summary>
    /// <exception cref="LoadException">Lines are wrong, or there are none. The message names the first ten wrong lines.</exception>
    public static IReadOnlyList<TraceLine> Read(TextReader input, string name)
    {
        var lines = new List<TraceLine>();
        var errors = new List<string>();
        for (var number = 1; input.ReadLine() is { } text; number++)
        {
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            if (TraceParser.TryParse(text, out var line, out var error))
            {
                lines.Add(line);
            }
            else
            {
                errors.Add($"{name}, line {number.ToString(CultureInfo.InvariantCulture)}: {error}");
            }
        }

        if (errors.Count > MaxErrors)
        {
            errors = [.. errors.Take(MaxErrors), $"… and {errors.Count - MaxErrors} more."];
        }

        if (errors.Count > 0)
        {
            throw new LoadException(string.Join('\n', errors) + "\nNothing was sent.");
        }

        if (lines.Count == 0)
        {
            throw new LoadException($"{name} contains no claims.");
        }

        return [.. lines.OrderBy(line => line.OffsetMs)];
    }
}
