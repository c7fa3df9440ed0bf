using System.Diagnostics;
using System.Text.Json;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.RateLimiting;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Claims;

/// <summary><c>POST /v1/treasures/{treasureId}/claims</c></summary>
public sealed class PostClaim(
    ClaimRateLimit limit, ClaimPublisher intake, PendingOutcomes waiters, ReadModelReader readModels, ClaimFingerprints fingerprints,
    UnexpectedFailures failures, TimeProvider timeProvider)
{
    /// <summary>Largest body in bytes.</summary>
    public const int MaxBody = 4096;

    public async Task<IResult> HandleAsync(HttpContext http, string treasureId)
    {
        var (player, refusal) = ClaimingPlayer.Of(http);
        if (refusal is not null)
        {
            return refusal;
        }

        if (limit.Count(http, player!) is { } tooMany)
        {
            return tooMany;
        }

        if (!IdentifierRules.IsSlug(treasureId))
        {
            return ProblemResults.Of(ProblemNames.MalformedId, "A treasure id has 1 to 64 characters of a-z 0-9 -.");
        }

        var (key, invalidKey) = IdempotencyKey.Read(http);
        if (key is null)
        {
            return invalidKey ?? ProblemResults.Of(ProblemNames.IdempotencyKeyMissing);
        }

        var (proof, problem) = await ReadProofAsync(http);
        if (problem is not null)
        {
            return problem;
        }

        var claimId = Ids.ForClaim(player!, treasureId, key);
        var claim = new AcceptedClaim(
            claimId, treasureId, player!, proof, timeProvider.GetUtcNow(), Activity.Current is { Recorded: true } span ? span.Id : null,
            fingerprints.Of(claimId, proof));
        return await RefuseEarlyAsync(http, claim) ?? await AcceptAsync(http, claim);
    }

    private async Task<IResult> AcceptAsync(HttpContext http, AcceptedClaim claim)
    {
        var wait = PreferWaitHeader.WaitOf(http.Request);
        using var waiter = wait > TimeSpan.Zero ? waiters.Register(claim.ClaimId) : null;
        if (waiter is not null)
        {
            PreferWaitHeader.Apply(http, wait);
        }

        try
        {
            var since = Stopwatch.GetTimestamp();
            if (intake.TryAcceptAsync(claim, wantsReply: waiter is not null) is not { } accepted)
            {
                return ProblemResults.Of(ProblemNames.IntakeFull);
            }

            if (await accepted is { } known)
            {
                return ClaimResponse.Decided(http, claim, known);
            }

            if (waiter is not null && await waiter.Outcome.WithinAsync(wait, timeProvider, http.RequestAborted))
            {
                Stages.Mark("outcome", since);
                return ClaimResponse.Decided(http, claim, ClaimResponse.ViewOf(await waiter.Outcome));
            }

            // The outcome was not read when the claim went onto the bus, because the worker tells it; without a worker, only the read
            // models know it.
            if (waiter is not null && await readModels.OutcomeOfAsync(claim.ClaimId, http.RequestAborted) is { } before)
            {
                return ClaimResponse.Decided(http, claim, before);
            }

            http.Response.Headers.RetryAfter = "1";
            return Results.Accepted($"/v1/claims/{claim.ClaimId}", ClaimResponse.Pending(claim));
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !http.RequestAborted.IsCancellationRequested)
        {
            failures.Log(exception, "claim");
            return ProblemResults.Of(ProblemNames.OutcomeUnknown, ProblemResults.RetryWithTheKey);
        }
    }

    // A claim that cannot win is refused here without a trace, unless it is one that we know: the retry of a winner must get
    // the win even after the last unit is gone. Without caches everything goes to the worker, which knows best.
    private async Task<IResult?> RefuseEarlyAsync(HttpContext http, AcceptedClaim claim)
    {
        var cancellation = http.RequestAborted;
        try
        {
            var treasure = await readModels.TreasureAsync(claim.TreasureId, cancellation);
            var hunt = treasure is null ? null : await readModels.HuntAsync(treasure.View.HuntId, cancellation);
            var refusal = treasure?.View switch
            {
                null => ProblemNames.TreasureNotFound,
                // Until the hunt opens, nobody is told that there is such a treasure.
                _ when !TreasureResponse.IsPublic(hunt?.View, claim.AcceptedAt) => ProblemNames.TreasureNotFound,
                _ when hunt?.View.Window.RefusalAt(claim.AcceptedAt) is { } closed => closed,
                { Withdrawn: true } => Reasons.TreasureWithdrawn,
                { Remaining: <= 0 } => Reasons.TreasureExhausted,
                _ => null,
            };
            // The claims may be behind the treasure that is gone, and the mark of a claim lost with a node: the win could be among
            // what they have yet to see.
            return refusal is null ? null : await readModels.ClaimAsync(claim.ClaimId, cancellation, upTo: treasure?.Sequence ?? 0) switch
            {
                null => ProblemResults.Of(refusal),
                // Marked and not decided: nobody knows whether its message arrived. It goes out again, which cannot count twice.
                { View.Outcome: Outcomes.Pending } => null,
                var decided => ClaimResponse.Decided(http, claim, decided.View),
            };
        }
        catch (ReadModelUnavailableException)
        {
            return null;
        }
    }

    private static async Task<(string? Proof, IResult? Problem)> ReadProofAsync(HttpContext http)
    {
        if (http.Request.ContentLength is 0
            || (http.Request.ContentLength is null && !http.Request.Headers.ContainsKey("Transfer-Encoding")))
        {
            return (null, null);
        }

        if (http.Request.ContentLength > MaxBody)
        {
            // Nobody reads that body, so nothing can follow it on this connection: a caller who did not know would lose its next request.
            http.Response.Headers.Connection = "close";
            return (null, ProblemResults.Of(ProblemNames.BodyTooLarge, $"A claim has at most {MaxBody} bytes."));
        }

        if (!http.Request.HasJsonContentType())
        {
            return (null, ProblemResults.Of(ProblemNames.UnsupportedMediaType));
        }

        try
        {
            var body = await JsonSerializer.DeserializeAsync(http.Request.Body, ClaimRequestJson.Default.ClaimRequest, http.RequestAborted);
            return !IdentifierRules.IsProof(body?.Proof)
                ? (null, ProblemResults.Of(
                    ProblemNames.InvalidRequest, null,
                    new Dictionary<string, string[]>
                    {
                        ["proof"] = [
                        $"at most {IdentifierRules.MaxProof} characters; {IdentifierRules.TextRule}"]
                    }))
                : (body?.Proof, null);
        }
        catch (JsonException exception)
        {
            return (null, ProblemResults.Of(ProblemNames.InvalidJson, ProblemResults.Where(exception)));
        }
    }
}

/// <summary>The body of a claim.</summary>
/// <param name="Proof">The code found at the hiding place, at most 128 characters.</param>
public sealed record ClaimRequest(string? Proof = null);

[System.Text.Json.Serialization.JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[System.Text.Json.Serialization.JsonSerializable(typeof(ClaimRequest))]
internal sealed partial class ClaimRequestJson : System.Text.Json.Serialization.JsonSerializerContext;
