using System.Security.Claims;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary><c>GET /v1/claims/{claimId}</c></summary>
public sealed class GetClaim(ReadModelReader readModels, TimeProvider timeProvider)
{
    /// <summary>How long a pending claim is watched for a caller who said nothing of waiting: a projection is seldom later.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);

    public async Task<IResult> HandleAsync(HttpContext http, string claimId)
    {
        if (!Guid.TryParse(claimId, out var id))
        {
            return ProblemResults.Of(ProblemNames.MalformedId, "A claim id is a UUID.");
        }

        var preferred = PreferWaitHeader.WaitOf(http.Request);
        if (preferred > TimeSpan.Zero)
        {
            PreferWaitHeader.Apply(http, preferred);
        }

        var seen = await PendingClaim.UntilDecidedAsync(
            () => readModels.ClaimAsync(id, http.RequestAborted), preferred > TimeSpan.Zero ? preferred : Watch, timeProvider,
            http.RequestAborted);
        if (seen is null || !Covers(http.User, seen.View))
        {
            return ProblemResults.Of(ProblemNames.ClaimNotFound);
        }

        return new ReadResponse<ClaimResponse>(
            () => ClaimResponse.Of(seen.View), seen.Sequence, seen.TakenAt, audience: ResponseAudience.Caller);
    }

    private static bool Covers(ClaimsPrincipal caller, ClaimView claim) =>
        caller.HasScope(Scopes.Claims) || caller.Covers(claim.PlayerId);
}
