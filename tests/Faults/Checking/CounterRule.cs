using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>6: each treasure is linearizable as a counter of units.</summary>
public static class CounterRule
{
    public const string Name = "notLinearizable";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var times = ClaimTimes.Of(evidence.Calls);
        var rejectedCalls = evidence.Calls
            .Where(call => call is { Kind: CallKind.Claim, Result: CallResult.Refused, Problem: Reasons.TreasureExhausted })
            .ToLookup(call => call.Resource, call => new RejectedCall(call.Started, call.Ended, call.ClaimId));
        var steps = evidence.Log.Select(entry => entry.Event).OfType<ITreasureEvent>().ToLookup(e => e.TreasureId, e => StepOf(e, times));

        return steps.Select(treasure => treasure.Key).Union(rejectedCalls.Select(treasure => treasure.Key)).SelectMany(treasure =>
            Counter.Check([.. steps[treasure]], rejectedCalls[treasure]).Select(
                broken => new Violation(6, Name, broken.What, broken.ClaimId, treasure)));
    }

    private static TreasureStep StepOf(ITreasureEvent treasureEvent, Dictionary<Guid, ClaimTimes> times) => treasureEvent switch
    {
        IClaimEvent claim => new TreasureStep(
            claim is TreasureAwarded ? -1 : 0,
            claim is ClaimRefused { Reason: Reasons.TreasureExhausted },
            times.GetValueOrDefault(claim.ClaimId, ClaimTimes.Unseen),
            claim.ClaimId),
        TreasureHidden hidden => new TreasureStep(hidden.Stock, false, ClaimTimes.Unseen),
        TreasureRestocked restocked => new TreasureStep(restocked.Units, false, ClaimTimes.Unseen),
        AwardRevoked => new TreasureStep(1, false, ClaimTimes.Unseen),
        _ => new TreasureStep(0, false, ClaimTimes.Unseen),
    };
}
