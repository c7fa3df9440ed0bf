using Microsoft.AspNetCore.Mvc;
using TreasureHunt.Api.Problems;

namespace TreasureHunt.Api.Claims;

/// <summary>The answer to one claim of a request with several claims.</summary>
/// <param name="Line">The number of the claim in the request, from 1. Empty lines do not count.</param>
/// <param name="Status">
/// The HTTP status of the same claim alone: 200 for an outcome, 202 while it is pending, or that of the problem.
/// </param>
/// <param name="Claim">The claim; null when there is a problem.</param>
/// <param name="IsReplayed">Whether the outcome is that of an earlier request with the same key.</param>
/// <param name="Problem">Why the claim is refused, or that its outcome is unknown; null otherwise.</param>
/// <param name="RetryAfterMs">For a temporary problem: how long to wait before the claim is sent again, in milliseconds.</param>
public sealed record ClaimLineResponse(
    long Line, int Status, ClaimResponse? Claim, bool IsReplayed, ProblemDetails? Problem, int? RetryAfterMs)
{
    public static ClaimLineResponse Of(long line, ClaimResult result) => new(
        line,
        result.Status,
        result.View is null ? null : ClaimResponse.Of(result.View),
        result.IsReplayed,
        result.Problem is null ? null : ProblemResults.DetailsOf(result.Problem),
        result.Status is 429 or 503 ? (int)ProblemResults.RetryDelay(result.Problem!.RetryAfter).TotalMilliseconds : null);
}
