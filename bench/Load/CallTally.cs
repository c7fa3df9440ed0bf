using HdrHistogram;

namespace TreasureHunt.Load;

/// <summary>What callers were told, and how long it took.</summary>
/// <param name="treasures">How many there are.</param>
public sealed class CallTally(int treasures)
{
    /// <summary>The longest that is told apart, in microseconds.</summary>
    private const long Longest = 60_000_000;

    private readonly List<int> _claims = [];
    private readonly List<int> _reads = [];
    private readonly List<int> _failures = [];

    /// <summary>Claims whose callers were told that they won, by treasure.</summary>
    public int[] Winners { get; } = new int[treasures];

    public SortedDictionary<int, long> Statuses { get; } = [];

    public long Won { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Requests that were turned away and sent again.</summary>
    public long Repeated { get; set; }

    public TimeSpan Duration { get; private init; }

    public void Take(HttpReply reply, int treasure, bool claims, TimeSpan elapsed)
    {
        Statuses[reply.Status] = Statuses.GetValueOrDefault(reply.Status) + 1;
        (reply.Failed ? _failures : claims ? _claims : _reads).Add((int)Math.Min(Longest, elapsed.TotalMicroseconds));
        if (claims && reply.Won)
        {
            Won++;
            Winners[treasure]++;
        }
        else if (claims && reply.Rejected)
        {
            Rejected++;
        }
    }

    public LatencySummary Claims => LatencyOf(_claims);

    public LatencySummary Reads => LatencyOf(_reads);

    /// <summary>Of the answers, and missing ones, that neither <see cref="Claims"/> nor <see cref="Reads"/> counts.</summary>
    public LatencySummary Failures => LatencyOf(_failures);

    public static CallTally Sum(IReadOnlyList<CallTally> tallies, TimeSpan duration)
    {
        var sum = new CallTally(tallies[0].Winners.Length) { Duration = duration };
        foreach (var tally in tallies)
        {
            sum._claims.AddRange(tally._claims);
            sum._reads.AddRange(tally._reads);
            sum._failures.AddRange(tally._failures);
            (sum.Won, sum.Rejected, sum.Repeated) = (sum.Won + tally.Won, sum.Rejected + tally.Rejected, sum.Repeated + tally.Repeated);
            foreach (var (status, count) in tally.Statuses)
            {
                sum.Statuses[status] = sum.Statuses.GetValueOrDefault(status) + count;
            }

            for (var treasure = 0; treasure < tally.Winners.Length; treasure++)
            {
                sum.Winners[treasure] += tally.Winners[treasure];
            }
        }

        return sum;
    }

    private static LatencySummary LatencyOf(List<int> microseconds)
    {
        var histogram = new LongHistogram(Longest, 3);
        microseconds.ForEach(value => histogram.RecordValue(value));
        return new LatencySummary(microseconds.Count, At(50), At(95), At(99), At(100));

        double At(double percentile) => microseconds.Count == 0 ? 0 : histogram.GetValueAtPercentile(percentile) / 1000.0;
    }
}

/// <summary>How long answers took, in milliseconds.</summary>
public sealed record LatencySummary(long Count, double P50, double P95, double P99, double Max);
