using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.Load;

/// <summary>How a set that has just started gets faster.</summary>
/// <param name="WarmRate">Median of the decided claims a second in the last ten seconds.</param>
/// <param name="SecondsToWarm">
/// Seconds from the first claim to the first three seconds at 80 % of that rate; null when there are none.
/// </param>
/// <param name="DecidedPerSecond">Decided claims a second, from the first claim on.</param>
public sealed record ColdStart(double WarmRate, double? SecondsToWarm, IReadOnlyList<double> DecidedPerSecond)
{
    private const int WarmSamples = 10;
    private const int Window = 3;
    private const double WarmShare = 0.8;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    /// <summary>Samples the head of the event store once a second while claims are sent.</summary>
    public static async Task<ColdStart> MeasureAsync(AdminApiClient client, Task claims, TimeProvider timeProvider)
    {
        var start = timeProvider.GetTimestamp();
        var samples = new List<(TimeSpan At, long Head)>();
        while (!claims.IsCompleted)
        {
            if (await client.TryGetAsync<LagResponse>("/admin/lag", CancellationToken.None) is { } lag)
            {
                samples.Add((timeProvider.GetElapsedTime(start), lag.Head));
            }

            await Task.WhenAny(claims, Task.Delay(SampleInterval, timeProvider));
        }

        await claims;
        return Of(samples);
    }

    /// <param name="samples">Times after the first claim, and the last sequence of the event store at each of them.</param>
    public static ColdStart Of(IReadOnlyList<(TimeSpan At, long Head)> samples)
    {
        var rates = samples.Zip(samples.Skip(1), (one, next) => (next.Head - one.Head) / (next.At - one.At).TotalSeconds).ToList();
        var warm = Medians.Of(rates.TakeLast(WarmSamples));
        var first = Enumerable.Range(0, Math.Max(0, rates.Count - Window + 1))
            .Where(n => warm > 0 && rates.GetRange(n, Window).Average() >= WarmShare * warm)
            .Select(n => (double?)samples[n].At.TotalSeconds).FirstOrDefault();
        return new ColdStart(warm, first, rates);
    }
}
