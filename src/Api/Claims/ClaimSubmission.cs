using System.Diagnostics;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Claims;

/// <summary>Sends claims to the workers and waits for their outcomes: one claim, the lines of a list, or those of a stream.</summary>
public sealed class ClaimSubmission(
    EarlyRefusal earlyRefusal, ClaimPublisher publisher, PendingOutcomes outcomes, ReadModelReader readModels,
    ClaimFingerprints fingerprints, UnexpectedFailures failures, TimeProvider timeProvider)
{
    private static readonly ClaimResult Unknown = ClaimResult.Refused(ProblemNames.OutcomeUnknown, ProblemResults.RetryWithSameKey);

    /// <summary>The claim of a request whose fields are valid.</summary>
    /// <param name="receivedAt">When this Api received the claim.</param>
    public AcceptedClaim Create(string player, string treasureId, string key, string? proof, DateTimeOffset receivedAt)
    {
        var claimId = Ids.ForClaim(player, treasureId, key);
        return new AcceptedClaim(
            ClaimId: claimId,
            TreasureId: treasureId,
            PlayerId: player,
            Proof: proof,
            AcceptedAt: receivedAt,
            TraceParent: Activity.Current is { Recorded: true } span ? span.Id : null,
            Fingerprint: fingerprints.Of(claimId, proof));
    }

    /// <summary>Completes when all claims are decided or refused, or when the wait ends. Undecided claims are pending then.</summary>
    /// <param name="claims">At most <see cref="ClaimRules.MaxClaims"/>. Claims with the same id are decided once.</param>
    /// <param name="wait">How long the caller waits for outcomes; zero when it does not wait.</param>
    /// <param name="isStream">Whether the claims come from a stream; see <see cref="PendingOutcomes.Register"/>.</param>
    public async Task<SubmittedClaims> SubmitAsync(
        IReadOnlyList<AcceptedClaim> claims, TimeSpan wait, bool isStream, CancellationToken cancellationToken)
    {
        var results = new ClaimResult?[claims.Count];
        var checks = claims.Select(claim => earlyRefusal.CheckAsync(claim, cancellationToken)).ToArray();
        var accepted = new Dictionary<Guid, AcceptedClaim>();
        for (var i = 0; i < claims.Count; i++)
        {
            results[i] = await checks[i];
            if (results[i] is null)
            {
                accepted.TryAdd(claims[i].ClaimId, claims[i]);
            }
        }

        if (accepted.Count == 0)
        {
            return new SubmittedClaims(results!, HasWaited: false);
        }

        using var pending = wait > TimeSpan.Zero ? outcomes.Register(accepted.Keys, isLimited: !isStream) : null;
        try
        {
            var resultOf = await DecideAsync(accepted.Values, pending, wait, cancellationToken);
            for (var i = 0; i < claims.Count; i++)
            {
                results[i] ??= resultOf(claims[i]);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            failures.Log(exception, "claim");
            for (var i = 0; i < claims.Count; i++)
            {
                results[i] ??= Unknown;
            }
        }

        return new SubmittedClaims(results!, HasWaited: pending is not null);
    }

    /// <returns>The result of each claim. Claims with one id and different payloads have different results.</returns>
    private async Task<Func<AcceptedClaim, ClaimResult>> DecideAsync(
        IReadOnlyCollection<AcceptedClaim> claims, PendingOutcome? pending, TimeSpan wait, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var unsent = claims.Select(claim => new UnsentClaim(claim, pending?.Completed)).ToList();
        var refused = new Dictionary<Guid, ClaimResult>();
        foreach (var (shard, refusal) in await Task.WhenAll(unsent.GroupBy(publisher.ShardOf).Select(PublishAsync)))
        {
            foreach (var claim in refusal is null ? [] : shard)
            {
                refused[claim.Claim.ClaimId] = refusal!;
                pending?.Forget(claim.Claim.ClaimId);
            }
        }

        if (pending is not null && await pending.Completed.CompletesWithinAsync(wait, timeProvider, cancellationToken))
        {
            StageDurations.Mark("outcome", since);
        }

        // For a caller that waits, the publisher did not read the outcome, because the worker's reply brings it. When no reply came, only
        // the read models may have the outcome.
        var views = await Task.WhenAll(unsent.Select(async claim => claim.EarlierOutcome ?? claim.Claim.ClaimId switch
        {
            var id when pending is null || refused.ContainsKey(id) => null,
            var id when pending.Find(id) is { } decided => ClaimResponse.ViewOf(decided),
            var id => await readModels.OutcomeOfAsync(id),
        }));
        var viewOf = unsent.Zip(views).ToDictionary(claim => claim.First.Claim.ClaimId, claim => claim.Second);
        return claim => refused.GetValueOrDefault(claim.ClaimId)
            ?? (viewOf[claim.ClaimId] is { } view ? ClaimResult.Decided(claim, view) : ClaimResult.Pending(claim));
    }

    // A shard that refuses or does not confirm has no effect on the claims of other shards.
    private async Task<(IReadOnlyList<UnsentClaim> Claims, ClaimResult? Refusal)> PublishAsync(IEnumerable<UnsentClaim> shard)
    {
        IReadOnlyList<UnsentClaim> claims = [.. shard];
        try
        {
            if (publisher.TryPublishAsync(claims) is not { } confirmed)
            {
                return (claims, ClaimResult.Refused(ProblemNames.IntakeFull));
            }

            await confirmed;
            return (claims, null);
        }
#pragma warning disable CA1031 // Whatever failed, it is unknown whether the claims were accepted.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failures.Log(exception, "claim");
            return (claims, Unknown);
        }
    }
}
