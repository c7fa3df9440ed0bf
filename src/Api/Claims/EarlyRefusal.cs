using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// Refuses a claim that cannot win, without recording it. A claim that is known already gets its outcome instead: the retry of a winner
/// must get the win, even after the last unit is gone. Without caches nothing is refused here, and the worker decides.
/// </summary>
public sealed class EarlyRefusal(ReadModelReader readModels)
{
    /// <summary>The result of a claim that must not be sent to the worker; null for any other claim.</summary>
    public async Task<ClaimResult?> CheckAsync(AcceptedClaim claim, CancellationToken cancellationToken)
    {
        try
        {
            var treasure = await readModels.TreasureAsync(claim.TreasureId, cancellationToken);
            var hunt = treasure is null ? null : await readModels.HuntAsync(treasure.View.HuntId, cancellationToken);
            if (RefusalOf(treasure?.View, hunt?.View, claim.AcceptedAt) is not { } refusal)
            {
                return null;
            }

            // The claims read model may be behind that of the treasures, and the mark of a pending claim can be lost with a Redis node.
            // The claim counts as unknown only when its read model has reached the version of the treasure.
            return await readModels.ClaimAsync(claim.ClaimId, upTo: treasure?.Sequence ?? 0) switch
            {
                null => ClaimResult.Refused(refusal),
                // Pending: it is unknown whether the message arrived. The claim is sent again, and counts once.
                { View.Outcome: Outcomes.Pending } => null,
                var decided => ClaimResult.Decided(claim, decided.View),
            };
        }
        catch (ReadModelUnavailableException)
        {
            return null;
        }
    }

    private static string? RefusalOf(TreasureView? treasure, HuntView? hunt, DateTimeOffset acceptedAt) => treasure switch
    {
        null => ProblemNames.TreasureNotFound,
        // Treasures are secret until their hunt opens.
        _ when !TreasureResponse.IsPublic(hunt, acceptedAt) => ProblemNames.TreasureNotFound,
        _ when hunt?.Window.RefusalAt(acceptedAt) is { } closed => closed,
        { Withdrawn: true } => Reasons.TreasureWithdrawn,
        { Remaining: <= 0 } => Reasons.TreasureExhausted,
        _ => null,
    };
}
