using System.Security.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api;

/// <summary><c>GET /v1/claims/{claimId}</c></summary>
public sealed class GetClaim(ReadModels readModels, TimeProvider time)
{
    /// <summary>How long a pending claim is watched for a caller who said nothing of waiting: a projection is seldom later.</summary>
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestLook = TimeSpan.FromMilliseconds(100);

    public async Task<IResult> Handle(HttpContext http, string claimId)
    {
        if (!Guid.TryParse(claimId, out var id))
        {
            return Problem.Of(Problems.MalformedId, "A claim id is a UUID.");
        }

        var preferred = PreferWaitHeader.WaitOf(http.Request);
        if (preferred > TimeSpan.Zero)
        {
            PreferWaitHeader.Apply(http, preferred);
        }

        var seen = await Decided(id, preferred > TimeSpan.Zero ? preferred : Watch, http.RequestAborted);
        if (seen is null || !Covers(http.User, seen.View))
        {
            return Problem.Of(Problems.ClaimNotFound);
        }

        return new ReadAnswer<ClaimAnswer>(() => ClaimAnswer.Of(seen.View), seen.Sequence, seen.TakenAt, audience: Audience.Caller);
    }

    private async Task<Seen<ClaimView>?> Decided(Guid claimId, TimeSpan watch, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        for (var look = Look; ; look = look * 2 < LongestLook ? look * 2 : LongestLook)
        {
            var seen = await readModels.Claim(claimId, cancellation);
            if (seen?.View.Outcome != Outcomes.Pending || time.GetElapsedTime(since) + look > watch)
            {
                return seen;
            }

            await Task.Delay(look, time, cancellation);
        }
    }

    private static bool Covers(ClaimsPrincipal caller, ClaimView claim) =>
        caller.HasScope(Scopes.Claims) || caller.Covers(claim.PlayerId);
}
