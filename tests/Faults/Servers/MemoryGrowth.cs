using TreasureHunt.Faults.Checking;

namespace TreasureHunt.Faults.Servers;

/// <summary>Samples the memory of processes and finds those that grow.</summary>
internal static class MemoryGrowth
{
    /// <summary>
    /// How many times the first half's maximum the second half's may be, plus <see cref="SlackBytes"/>: the garbage collector decides when
    /// it runs.
    /// </summary>
    private const double MaxFactor = 1.25;

    private const long SlackBytes = 16 << 20;

    /// <summary>Two samples of each half.</summary>
    private const int MinSamples = 4;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(10);

    private static readonly IReadOnlyList<string> Processes = [.. HuntSet.Hosts, "haproxy", "rabbitmq"];

    /// <summary>Samples until cancellation.</summary>
    /// <returns>The bytes of each process, oldest first; 0 where the process did not run.</returns>
    public static async Task<IReadOnlyDictionary<string, List<long>>> Sample(HuntSet set, CancellationToken end)
    {
        var memory = Processes.ToDictionary(process => process, _ => new List<long>());
        for (; !end.IsCancellationRequested; await Task.Delay(SampleInterval, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var process in Processes)
            {
                memory[process].Add(ProcessMetrics.Of(set.PidOf(process)).Bytes);
            }
        }

        return memory;
    }

    /// <param name="name">The name of the violations.</param>
    public static IEnumerable<Violation> FindViolations(IReadOnlyDictionary<string, List<long>> memory, string name)
    {
        foreach (var (process, bytes) in memory)
        {
            if (bytes.Count < MinSamples || bytes.Contains(0))
            {
                yield return new Violation(
                    0, name,
                    $"growth of {process} is unknown: {bytes.Count(sample => sample == 0)} of {bytes.Count} samples found no process");
                continue;
            }

            var (first, second) = (bytes.Take(bytes.Count / 2).Max(), bytes.Skip(bytes.Count / 2).Max());
            if (second > (MaxFactor * first) + SlackBytes)
            {
                yield return new Violation(13, name, $"{process} grew from {first >> 20} to {second >> 20} MiB");
            }
        }
    }
}
