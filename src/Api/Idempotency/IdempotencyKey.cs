using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Idempotency;

/// <summary>The header <c>Idempotency-Key</c> of requests, and <c>Idempotency-Replayed</c> of responses.</summary>
public static class IdempotencyKey
{
    /// <summary>The name of the header.</summary>
    public const string HeaderName = "Idempotency-Key";

    private const string ReplayedHeader = "Idempotency-Replayed";

    /// <summary>Reads the key of a request; null when there is none.</summary>
    /// <returns>
    /// The key, or the problem: a malformed key, or more than one header line (RFC 9110, section 5.3: the field is no list).
    /// </returns>
    public static (string? Key, IResult? Problem) Read(HttpContext http)
    {
        var lines = http.Request.Headers[HeaderName];
        return lines.Count switch
        {
            0 => (null, null),
            1 when string.IsNullOrEmpty(lines[0]) => (null, null),
            1 when IdentifierRules.IsKey(lines[0]) => (lines[0], null),
            1 => (null, ProblemResults.Of(ProblemNames.IdempotencyKeyInvalid)),
            _ => (null, ProblemResults.Of(ProblemNames.IdempotencyKeyInvalid, "The request must have this header only once.")),
        };
    }

    /// <summary>Marks the response as that of an earlier request with the same key and payload.</summary>
    public static void MarkReplayed(HttpContext http) => http.Response.Headers[ReplayedHeader] = "true";
}
