using TreasureHunt.Cli.Audit;

namespace TreasureHunt.Faults.History;

/// <summary>What the clients were told about each claim, over all of its sends and questions.</summary>
public static class Promises
{
    public static IReadOnlyList<Promise> Of(IEnumerable<Call> calls) => calls
        .Where(call => call.ClaimId is not null)
        .GroupBy(call => call.ClaimId!.Value)
        .Where(claim => claim.Any(call => call.Kind == CallKind.Claim))
        .Select(claim => Of(claim.Key, claim.OrderBy(call => call.Ended).ToList()))
        .ToList();

    private static Promise Of(Guid claimId, List<Call> calls)
    {
        var sends = calls.FindAll(call => call.Kind == CallKind.Claim);
        var told = calls.Find(call => call.TellsOutcome);
        return new Promise(
            claimId,
            sends[0].Player,
            sends[0].Resource,
            sends[0].ProofRight,
            Accepted: calls.Exists(call => call.Outcome is not null),
            // A 429 is no less definite than another refusal: what got nothing else must not be in the log.
            Refused: sends.Exists(call => call.Result is CallResult.Refused or CallResult.Busy),
            Unsure: sends.Exists(call => call.Result == CallResult.Unknown),
            told?.Outcome,
            told?.Reason,
            Contradicted: calls.Exists(call =>
                (call.TellsOutcome && (call.Outcome, call.Reason) != (told!.Outcome, told.Reason))
                    || (call.ToldClaimId is { } id && id != claimId)));
    }
}
