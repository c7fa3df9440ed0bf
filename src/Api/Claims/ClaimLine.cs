using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary>A line of a request with several claims, or an element of its array, as it was read.</summary>
/// <param name="Request">The claim, whose fields are not validated; null when the line cannot be read.</param>
/// <param name="Problem">Why the line cannot be read; null otherwise.</param>
public sealed record ClaimLine(ClaimLineRequest? Request, ClaimProblem? Problem)
{
    /// <summary>The largest line or element in bytes.</summary>
    public const int MaxBytes = ClaimRequest.MaxBytes;

    /// <summary>A line that is larger than <see cref="MaxBytes"/>.</summary>
    public static readonly ClaimLine TooLong =
        new(null, new ClaimProblem(ProblemNames.BodyTooLarge, $"A claim has at most {MaxBytes} bytes."));

    /// <summary>Reads a line of JSON. It skips a byte order mark.</summary>
    public static ClaimLine Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            return TooLong;
        }

        try
        {
            json = json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;
            return JsonSerializer.Deserialize(json, ClaimLineRequestJson.Default.ClaimLineRequest) is { } request
                ? new ClaimLine(request, null) : Unreadable("The claim is null.");
        }
        catch (JsonException exception)
        {
            return Unreadable(
                exception.Path is { Length: > 1 } path ? $"The JSON cannot be read at {path}." : "The line is no JSON object.");
        }
    }

    private static ClaimLine Unreadable(string detail) => new(null, new ClaimProblem(ProblemNames.InvalidJson, detail));
}
