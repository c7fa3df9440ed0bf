using System.Buffers;
using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Claims;

/// <summary>The body of a request with several claims: a JSON array, or NDJSON.</summary>
public static class ClaimList
{
    /// <summary>The media type of NDJSON.</summary>
    public const string Ndjson = "application/x-ndjson";

    /// <summary>The largest body in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private static readonly ClaimProblem TooMany =
        new(ProblemNames.BodyTooLarge, $"A request has at most {ClaimRules.MaxClaims} claims.");

    /// <summary>Reads NDJSON. A line that cannot be read is a line with a problem.</summary>
    public static (IReadOnlyList<ClaimLine> Lines, ClaimProblem? Problem) ReadNdjson(ReadOnlyMemory<byte> body)
    {
        var lines = new List<ClaimLine>();
        var reader = new NdjsonReader();
        var rest = new ReadOnlySequence<byte>(body);
        while (reader.Read(ref rest, isEnd: true) is { } line)
        {
            if (lines.Count == ClaimRules.MaxClaims)
            {
                return ([], TooMany);
            }

            lines.Add(line);
        }

        return (lines, null);
    }

    /// <summary>
    /// Reads an array. An element that is no claim is a line with a problem; malformed JSON is a problem of the whole body.
    /// </summary>
    public static (IReadOnlyList<ClaimLine> Lines, ClaimProblem? Problem) ReadArray(ReadOnlySpan<byte> body)
    {
        var lines = new List<ClaimLine>();
        body = body.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            {
                return ([], new ClaimProblem(ProblemNames.InvalidJson, "The body is no JSON array."));
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (lines.Count == ClaimRules.MaxClaims)
                {
                    return ([], TooMany);
                }

                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                lines.Add(ClaimLine.Parse(body[start..(int)reader.BytesConsumed]));
            }

            // Reads to the end of the body, where other text would be an error.
            reader.Read();
            return (lines, null);
        }
        catch (JsonException exception)
        {
            return ([], new ClaimProblem(ProblemNames.InvalidJson, ProblemResults.LocationOf(exception)));
        }
    }
}
