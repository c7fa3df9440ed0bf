using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>
/// 3, at the door: once an outcome was told, no retry is turned away with another, and a winner never hears that all units are taken. A
/// loser may be turned away for the reason for which it has lost: while a node is gone and the read model behind, the door cannot know its
/// claim.
/// </summary>
public static class RetryRule
{
    public const string Name = "retryTurnedAway";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var times = ClaimTimes.Of(evidence.Calls);
        var events = evidence.Log.Select(entry => entry.Event).ToList();
        // Where units come back, a winner may well have heard it before the unit that it won was there.
        var refilled = events.Where(e => e is TreasureRestocked or AwardRevoked).Select(e => ((ITreasureEvent)e!).TreasureId).ToHashSet();
        var winners = events.OfType<TreasureAwarded>().Where(award => !refilled.Contains(award.TreasureId)).Select(award => award.ClaimId)
            .ToHashSet();

        var reasons = evidence.Calls.Where(call => call.TellsOutcome && call.ClaimId is not null).GroupBy(call => call.ClaimId!.Value)
            .ToDictionary(claim => claim.Key, claim => claim.First().Reason);

        foreach (var call in evidence.Calls.Where(call => call is { Kind: CallKind.Claim, Result: CallResult.Refused, ClaimId: not null }))
        {
            var what = call switch
            {
                _ when times[call.ClaimId!.Value].Told < call.Invoked && call.Problem != reasons.GetValueOrDefault(call.ClaimId.Value) =>
                    $"call {call.Number} was turned away with {call.Problem} after the outcome was told",
                { Problem: Reasons.TreasureExhausted } when winners.Contains(call.ClaimId!.Value) =>
                    $"call {call.Number} of a winner heard that all units are taken",
                _ => null,
            };
            if (what is not null)
            {
                yield return new Violation(3, Name, what, call.ClaimId, call.Resource);
            }
        }
    }
}
