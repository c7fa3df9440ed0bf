using TreasureHunt.Api.Problems;
using TreasureHunt.Api.RateLimiting;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Claims;

/// <summary>Submits the lines of a request with several claims. A line that is refused has no effect on the others.</summary>
public sealed class ClaimLineHandler(
    ClaimRateLimit rateLimit, ClaimSubmission submission, RefusalLog refusals, TimeProvider timeProvider)
{
    /// <summary>Completes when all lines are decided or refused, or when the wait ends.</summary>
    /// <param name="wait">How long the caller waits for outcomes; zero when it does not wait.</param>
    /// <returns>The result of each line, in the order of the lines.</returns>
    public async Task<SubmittedClaims> SubmitAsync(
        HttpContext http, ClaimingCaller caller, IReadOnlyList<ClaimLine> lines, TimeSpan wait, bool isStream)
    {
        var receivedAt = timeProvider.GetUtcNow();
        var results = new ClaimResult?[lines.Count];
        var claims = new List<AcceptedClaim>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
        {
            var (claim, problem) = Accept(caller, lines[i], receivedAt);
            if (claim is not null)
            {
                claims.Add(claim);
            }
            else
            {
                results[i] = ClaimResult.Refused(problem!);
            }
        }

        var submitted = await submission.SubmitAsync(claims, wait, isStream, http.RequestAborted);
        for (int i = 0, next = 0; i < results.Length; i++)
        {
            results[i] ??= submitted.Results[next++];
        }

        refusals.Record(http, results.Select(result => result!.Status).Distinct());
        return new SubmittedClaims(results!, submitted.HasWaited);
    }

    // In the same order as for a single claim.
    private (AcceptedClaim? Claim, ClaimProblem? Problem) Accept(ClaimingCaller caller, ClaimLine line, DateTimeOffset receivedAt)
    {
        if (line.Request is not { } request)
        {
            return (null, line.Problem);
        }

        var (player, problem) = caller.PlayerOf(request.PlayerId, "playerId");
        if (player is null)
        {
            return (null, problem);
        }

        if (rateLimit.CheckAndCount(player, caller.Storefront, response: null) is { } tooMany)
        {
            return (null, tooMany);
        }

        return ClaimRules.BrokenRuleOf(request.TreasureId, request.Key, request.Proof, player) is { } broken
            ? (null, ClaimProblem.Invalid(broken.Field, broken.Rule))
            : (submission.Create(player, request.TreasureId, request.Key, request.Proof, receivedAt), null);
    }
}
