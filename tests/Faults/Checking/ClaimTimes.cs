using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>A claim as one operation: from its first request to the first answer with its final outcome.</summary>
/// <param name="Sent">The earliest time for a claim that was not sent.</param>
/// <param name="Answered">The latest time for a claim without such an answer.</param>
public readonly record struct ClaimTimes(TimeSpan Sent, TimeSpan Answered)
{
    public static readonly ClaimTimes Unseen = new(TimeSpan.MinValue, TimeSpan.MaxValue);

    public static Dictionary<Guid, ClaimTimes> Of(IEnumerable<Call> calls)
    {
        var times = new Dictionary<Guid, ClaimTimes>();
        foreach (var call in calls.Where(call => call.ClaimId is not null))
        {
            var claim = times.GetValueOrDefault(call.ClaimId!.Value, new ClaimTimes(TimeSpan.MaxValue, TimeSpan.MaxValue));
            times[call.ClaimId.Value] = new ClaimTimes(
                call.Kind == CallKind.Claim && call.Started < claim.Sent ? call.Started : claim.Sent,
                call.HasFinalOutcome && call.Ended < claim.Answered ? call.Ended : claim.Answered);
        }

        return times;
    }
}
