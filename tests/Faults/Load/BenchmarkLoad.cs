using System.Net;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Load;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Faults.Load;

/// <summary>
/// The benchmark's callers on a hunt of their own. They send far more claims than the recorded players. Their answers are counted, not
/// recorded.
/// </summary>
public sealed class BenchmarkLoad : IAsyncDisposable
{
    /// <summary>
    /// With few treasures, every player has soon claimed each of them, and the engine's data stops growing.
    /// </summary>
    private static readonly Scenario Claims = new("rush", "five treasures with a large stock", 5, 1_000_000);

    private const int CapacityCallers = 512;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan CapacityTime = TimeSpan.FromSeconds(15);

    private readonly Scenario _scenario;
    private readonly CallerPool _callers;
    private int _seed;

    private BenchmarkLoad(TokenFactory tokens, TimeProvider timeProvider, string huntId, Scenario scenario, TimeSpan repeatFor)
    {
        (HuntId, _scenario) = (huntId, scenario);
        _callers = new CallerPool(
            new IPEndPoint(IPAddress.Parse(ServerAddresses.Site.Host), ServerAddresses.Site.Port), new PlayerRequests(tokens),
            timeProvider)
        { RetryTimeout = repeatFor, TakesTurns = true };
    }

    public string HuntId { get; }

    public IReadOnlyList<string> TreasureIds => [.. Enumerable.Range(0, _scenario.Treasures).Select(n => $"{HuntId}-{n}")];

    /// <param name="reads">Share of calls that read a treasure instead of claiming it.</param>
    /// <param name="repeatFor">Time in which callers repeat a rejected claim.</param>
    public static async Task<BenchmarkLoad> Create(
        AdminApiClient admin, TokenFactory tokens, TimeProvider timeProvider, double reads = 0, TimeSpan repeatFor = default)
    {
        var huntId = $"r{Contracts.Ids.FreshSlug()}";
        await new ScenarioHunt(admin).PrepareAsync(Claims, huntId, timeProvider.GetUtcNow());
        return new BenchmarkLoad(tokens, timeProvider, huntId, Claims with { Reads = reads }, repeatFor);
    }

    /// <summary>Warms the set up, and returns the claims that it decides in a second. Each caller claims again at once.</summary>
    public async Task<double> MeasureCapacity()
    {
        await RunClosedLoop(WarmUp);
        var peak = await RunClosedLoop(CapacityTime);
        return peak.Claims.Count / peak.Duration.TotalSeconds;
    }

    /// <summary>Claims at a constant rate, whether or not the engine keeps up.</summary>
    /// <param name="rate">Claims a second.</param>
    /// <param name="waitSeconds">Seconds that a caller waits for its outcome; 0 to wait for the acceptance only.</param>
    public Task<CallTally> RunOpenLoop(double rate, int callers, TimeSpan duration, int waitSeconds) =>
        _callers.OpenAsync(_scenario, HuntId, ++_seed, callers, duration, rate, waitSeconds);

    private Task<CallTally> RunClosedLoop(TimeSpan duration) =>
        _callers.ClosedAsync(_scenario, HuntId, ++_seed, CapacityCallers, duration);

    public ValueTask DisposeAsync()
    {
        _callers.Dispose();
        return ValueTask.CompletedTask;
    }
}
