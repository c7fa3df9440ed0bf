using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>3, at the door: once an outcome was told no retry is turned away, and a winner never hears that all units are taken.</summary>
public static class RetryRule
{
    public const string Name = "retryTurnedAway";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var times = ClaimTimes.Of(evidence.Calls);
        var events = evidence.Log.Select(entry => entry.Event).ToList();
        // Where units come back, a winner may well have heard it before the unit that it won was there.
        var refilled = events.Where(e => e is TreasureRestocked or AwardRevoked).Select(e => ((ITreasureEvent)e!).TreasureId).ToHashSet();
        var winners = events.OfType<TreasureAwarded>().Where(award => !refilled.Contains(award.TreasureId)).Select(award => award.ClaimId).ToHashSet();

        foreach (var call in evidence.Calls.Where(call => call is { Kind: CallKind.Claim, Result: CallResult.Refused, ClaimId: not null }))
        {
            var what = call switch
            {
                _ when times[call.ClaimId!.Value].Told < call.Invoked => $"call {call.Number} was turned away with {call.Problem} after the outcome was told",
                { Problem: Reasons.TreasureExhausted } when winners.Contains(call.ClaimId.Value) => $"call {call.Number} of a winner heard that all units are taken",
                _ => null,
            };
            if (what is not null)
            {
                yield return new Violation(3, Name, what, call.ClaimId, call.Resource);
            }
        }
    }
}
