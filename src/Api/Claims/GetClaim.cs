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
    /// <summary>How long a pending claim is polled without a preference of the caller: a projection seldom takes longer.</summary>
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMilliseconds(500);

    public async Task<IResult> HandleAsync(HttpContext http, string claimId)
    {
        if (!Guid.TryParse(claimId, out var id))
        {
            return ProblemResults.Of(ProblemNames.MalformedId, "A claim id is a UUID.");
        }

        var wait = PreferWaitHeader.WaitOf(http.Request);
        if (wait > TimeSpan.Zero)
        {
            PreferWaitHeader.Apply(http, wait);
        }

        var claim = await ClaimPolling.ReadUntilDecidedAsync(
            () => readModels.ClaimAsync(id), wait > TimeSpan.Zero ? wait : DefaultWait, timeProvider,
            http.RequestAborted);
        if (claim is null || !MayRead(http.User, claim.View))
        {
            return ProblemResults.Of(ProblemNames.ClaimNotFound);
        }

        return new ReadResponse<ClaimResponse>(
            () => ClaimResponse.Of(claim.View), claim.Sequence, claim.TakenAt, audience: ResponseAudience.Caller);
    }

    private static bool MayRead(ClaimsPrincipal caller, ClaimView claim) =>
        caller.HasScope(Scopes.Claims) || caller.Covers(claim.PlayerId);
}
