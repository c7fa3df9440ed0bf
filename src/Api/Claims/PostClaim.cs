using System.Diagnostics;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.RateLimiting;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Claims;

/// <summary><c>POST /v1/treasures/{treasureId}/claims</c></summary>
public sealed class PostClaim(
    ClaimRateLimit rateLimit, EarlyRefusal earlyRefusal, ClaimPublisher publisher, PendingOutcomes outcomes, PendingClaimStore marks,
    ClaimFingerprints fingerprints, UnexpectedFailures failures, TimeProvider timeProvider)
{
    public async Task<IResult> HandleAsync(HttpContext http, string treasureId)
    {
        var (player, refusal) = ClaimingPlayer.Of(http);
        if (refusal is not null)
        {
            return refusal;
        }

        if (rateLimit.CheckAndCount(http, player!) is { } tooMany)
        {
            return tooMany;
        }

        if (!IdentifierRules.IsSlug(treasureId))
        {
            return ProblemResults.MalformedId("A treasure id");
        }

        var (key, invalidKey) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return invalidKey ?? ProblemResults.Of(ProblemNames.IdempotencyKeyMissing);
        }

        var (proof, problem) = await ClaimRequest.ReadProofAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var claimId = Ids.ForClaim(player!, treasureId, key);
        var claim = new AcceptedClaim(
            ClaimId: claimId,
            TreasureId: treasureId,
            PlayerId: player!,
            Proof: proof,
            AcceptedAt: timeProvider.GetUtcNow(),
            TraceParent: Activity.Current is { Recorded: true } span ? span.Id : null,
            Fingerprint: fingerprints.Of(claimId, proof));
        return await earlyRefusal.CheckAsync(http, claim) ?? await AcceptAsync(http, claim);
    }

    private async Task<IResult> AcceptAsync(HttpContext http, AcceptedClaim claim)
    {
        var wait = PreferWaitHeader.WaitOf(http.Request);
        using var pending = wait > TimeSpan.Zero ? outcomes.Register(claim.ClaimId) : null;
        if (pending is not null)
        {
            PreferWaitHeader.Apply(http, wait);
        }

        try
        {
            var since = Stopwatch.GetTimestamp();
            if (publisher.TryPublishAsync(claim, pending?.Outcome) is not { } confirmed)
            {
                return ProblemResults.Of(ProblemNames.IntakeFull);
            }

            if (await confirmed is { } earlierOutcome)
            {
                return ClaimResponse.ResultOf(http, claim, earlierOutcome);
            }

            if (pending is not null && await pending.Outcome.CompletesWithinAsync(wait, timeProvider, http.RequestAborted))
            {
                StageDurations.Mark("outcome", since);
                return ClaimResponse.ResultOf(http, claim, ClaimResponse.ViewOf(await pending.Outcome));
            }

            // When no reply came, only the read models may have the outcome. From now on they must know the claim, because its caller does.
            if (pending is not null && (await marks.MarkAsync([claim])).TryGetValue(claim.ClaimId, out var decided))
            {
                return ClaimResponse.ResultOf(http, claim, decided);
            }

            http.Response.Headers.RetryAfter = "1";
            return Results.Accepted($"/v1/claims/{claim.ClaimId}", ClaimResponse.Of(PendingClaimStore.ViewOf(claim)));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            // The claim may have been accepted.
            await marks.MarkAsync([claim]);
            failures.Log(exception, "claim");
            return ProblemResults.Of(ProblemNames.OutcomeUnknown, ProblemResults.RetryWithSameKey);
        }
    }
}
