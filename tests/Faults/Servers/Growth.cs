using TreasureHunt.Faults.Checking;

namespace TreasureHunt.Faults.Servers;

/// <summary>Whether processes hold more and more memory while something goes on.</summary>
internal static class Growth
{
    /// <summary>
    /// How much more a process may hold in the second half than in the first, beside <see cref="Slack"/>: collectors come when they like.
    /// </summary>
    private const double Most = 1.25;

    private const long Slack = 16 << 20;

    /// <summary>Two of each half, at the least.</summary>
    private const int Looks = 4;

    // A process does not tell when it grows: it is looked at now and then.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(10);

    private static readonly string[] Processes = ["api-1", "api-2", "commands-1", "commands-2", "projections", "haproxy", "rabbitmq"];

    /// <summary>Looks until it is told to end.</summary>
    /// <returns>Bytes of each process, in order.</returns>
    public static async Task<IReadOnlyDictionary<string, List<long>>> Watch(HuntSet set, CancellationToken end)
    {
        var memory = Processes.ToDictionary(process => process, _ => new List<long>());
        for (; !end.IsCancellationRequested; await Task.Delay(BetweenLooks, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing))
        {
            foreach (var process in Processes)
            {
                memory[process].Add(ProcessMetrics.Of(set.Pid(process)).Bytes);
            }
        }

        return memory;
    }

    public static IEnumerable<Violation> Judge(IReadOnlyDictionary<string, List<long>> memory, string name)
    {
        foreach (var (process, bytes) in memory)
        {
            // A process that is gone holds nothing.
            if (bytes.Count < Looks || bytes.Contains(0))
            {
                yield return new Violation(
                    0, name,
                    $"{process} was looked at {bytes.Count} times, {bytes.Count(held => held == 0)} of them in vain: whether it grows is not known");
                continue;
            }

            var (first, second) = (bytes.Take(bytes.Count / 2).Max(), bytes.Skip(bytes.Count / 2).Max());
            if (second > (Most * first) + Slack)
            {
                yield return new Violation(13, name, $"{process} grew from {first >> 20} to {second >> 20} MiB");
            }
        }
    }
}
