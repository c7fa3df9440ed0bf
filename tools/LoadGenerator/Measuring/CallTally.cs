using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Measuring;

/// <summary>Counts the responses that callers received, and measures their latencies.</summary>
/// <param name="treasures">The number of treasures of the scenario.</param>
public sealed class CallTally(int treasures)
{
    // Microseconds. A histogram for each of thousands of callers would take too much memory.
    private readonly List<long> _claims = [];
    private readonly List<long> _reads = [];
    private readonly List<long> _failures = [];

    /// <summary>Claims that won, by treasure, according to the responses.</summary>
    public int[] Winners { get; } = new int[treasures];

    public SortedDictionary<int, long> Statuses { get; } = [];

    public long Won { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Requests that were refused with 429 and sent again.</summary>
    public long Retried { get; set; }

    public TimeSpan Duration { get; private init; }

    public void Record(HttpReply reply, int treasure, bool claims, TimeSpan elapsed)
    {
        Statuses[reply.Status] = Statuses.GetValueOrDefault(reply.Status) + 1;
        (reply.Failed ? _failures : claims ? _claims : _reads).Add((long)elapsed.TotalMicroseconds);
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

    /// <summary>
    /// The latency of failed requests (<see cref="HttpReply.Failed"/>), which <see cref="Claims"/> and <see cref="Reads"/> leave out.
    /// </summary>
    public LatencySummary Failures => LatencyOf(_failures);

    public static CallTally Sum(IReadOnlyList<CallTally> tallies, TimeSpan duration)
    {
        var sum = new CallTally(tallies[0].Winners.Length) { Duration = duration };
        foreach (var tally in tallies)
        {
            sum._claims.AddRange(tally._claims);
            sum._reads.AddRange(tally._reads);
            sum._failures.AddRange(tally._failures);
            (sum.Won, sum.Rejected, sum.Retried) = (sum.Won + tally.Won, sum.Rejected + tally.Rejected, sum.Retried + tally.Retried);
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

    private static LatencySummary LatencyOf(List<long> microseconds)
    {
        var histogram = new LatencyHistogram();
        microseconds.ForEach(histogram.Record);
        return histogram.Summarize();
    }
}
