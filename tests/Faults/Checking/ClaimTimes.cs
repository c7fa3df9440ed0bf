using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>A claim as one operation: from its first send to the first answer that told its outcome.</summary>
/// <param name="Sent">Of a claim that nobody sent, before everything.</param>
/// <param name="Told">Of an outcome that was never told, after everything.</param>
public readonly record struct ClaimTimes(TimeSpan Sent, TimeSpan Told)
{
    public static readonly ClaimTimes Unseen = new(TimeSpan.MinValue, TimeSpan.MaxValue);

    public static Dictionary<Guid, ClaimTimes> Of(IEnumerable<Call> calls)
    {
        var times = new Dictionary<Guid, ClaimTimes>();
        foreach (var call in calls.Where(call => call.ClaimId is not null))
        {
            var claim = times.GetValueOrDefault(call.ClaimId!.Value, new ClaimTimes(TimeSpan.MaxValue, TimeSpan.MaxValue));
            times[call.ClaimId.Value] = new ClaimTimes(
                call.Kind == CallKind.Claim && call.Invoked < claim.Sent ? call.Invoked : claim.Sent,
                call.TellsOutcome && call.Ended < claim.Told ? call.Ended : claim.Told);
        }

        return times;
    }
}
