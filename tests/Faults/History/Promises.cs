using TreasureHunt.Cli.Audit;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Faults.History;

/// <summary>Summarizes all answers about each claim.</summary>
public static class Promises
{
    public static IReadOnlyList<ClaimObservation> Of(IEnumerable<Call> calls) => calls
        .Where(call => call.ClaimId is not null)
        .GroupBy(call => call.ClaimId!.Value)
        .Where(claim => claim.Any(call => call.Kind == CallKind.Claim))
        .Select(claim => Of(claim.Key, claim.OrderBy(call => call.Ended).ToList()))
        .ToList();

    private static ClaimObservation Of(Guid claimId, List<Call> calls)
    {
        var sends = calls.FindAll(call => call.Kind == CallKind.Claim);
        var final = calls.Find(call => call.HasFinalOutcome);
        return new ClaimObservation(
            claimId,
            sends[0].Player,
            sends[0].Resource,
            sends[0].IsProofCorrect,
            Accepted: calls.Exists(call => call.Outcome is not null),
            // A claim that got only refusals, 429 among them, must not be in the event store.
            Refused: sends.Exists(call => call.Result is CallResult.Refused or CallResult.Busy),
            Unsure: sends.Exists(call => call.Result == CallResult.Unknown),
            final?.Outcome,
            final?.Reason,
            Contradicted: calls.Exists(call =>
                (call.HasFinalOutcome && (call.Outcome, call.Reason) != (final!.Outcome, final.Reason))
                    || (call.AnsweredClaimId is { } id && id != claimId)));
    }
}
