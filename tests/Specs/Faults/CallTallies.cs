using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Specs.Faults;

/// <summary>Tallies of responses.</summary>
internal static class CallTallies
{
    // Half of the responses of each status are reads. Each took a millisecond.
    public static CallTally TallyOf(params (int Status, int Count)[] responses)
    {
        var tally = new CallTally(1);
        foreach (var (status, count) in responses)
        {
            for (var n = 0; n < count; n++)
            {
                tally.Record(new HttpReply(status, default), 0, claims: n % 2 == 0, TimeSpan.FromMilliseconds(1));
            }
        }

        return tally;
    }
}
