using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>
/// 3, in the answers of the Api: after a final outcome no retry is rejected with another one, and a winner's retry is never rejected for
/// lack of units. A loser's retry may be rejected for the reason of its outcome: while a Redis node is down and the read model is behind,
/// the Api cannot find the claim.
/// </summary>
public static class RetryRule
{
    public const string Name = "retryRejected";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var times = ClaimTimes.Of(evidence.Calls);
        var events = evidence.Log.Select(entry => entry.Event).ToList();
        // Where units come back, a winner may have been rejected before its unit was available.
        var restocked = events.Where(e => e is TreasureRestocked or AwardRevoked).Select(e => ((ITreasureEvent)e!).TreasureId).ToHashSet();
        var winners = events.OfType<TreasureAwarded>().Where(award => !restocked.Contains(award.TreasureId)).Select(award => award.ClaimId)
            .ToHashSet();

        var reasons = evidence.Calls.Where(call => call.HasFinalOutcome && call.ClaimId is not null).GroupBy(call => call.ClaimId!.Value)
            .ToDictionary(claim => claim.Key, claim => claim.First().Reason);

        foreach (var call in evidence.Calls.Where(call => call is { Kind: CallKind.Claim, Result: CallResult.Refused, ClaimId: not null }))
        {
            var problem = call switch
            {
                _ when times[call.ClaimId!.Value].Answered < call.Started
                    && call.Problem != reasons.GetValueOrDefault(call.ClaimId.Value) =>
                    $"call {call.Number} was rejected with {call.Problem} after the final outcome",
                { Problem: Reasons.TreasureExhausted } when winners.Contains(call.ClaimId!.Value) =>
                    $"call {call.Number} of a winner was rejected for lack of units",
                _ => null,
            };
            if (problem is not null)
            {
                yield return new Violation(3, Name, problem, call.ClaimId, call.Resource);
            }
        }
    }
}
