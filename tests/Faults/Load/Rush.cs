using System.Net;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Load;
using Players = TreasureHunt.Load.BenchPlayers;

namespace TreasureHunt.Faults.Load;

/// <summary>
/// The benchmark's callers on a hunt of their own: far more claims than the watched crowd makes, counted and not written down.
/// </summary>
public sealed class Rush : IAsyncDisposable
{
    /// <summary>
    /// Few enough treasures that every player soon has claimed each of them: what the engine must remember stops to grow.
    /// </summary>
    private static readonly Scenario Claims = new("rush", "five treasures with plenty", 5, 1_000_000);

    private readonly Scenario _scenario;
    private readonly CallerPool _callers;
    private int _seed;

    private Rush(Tokens tokens, TimeProvider timeProvider, string huntId, Scenario scenario, TimeSpan repeatFor)
    {
        (HuntId, _scenario) = (huntId, scenario);
        _callers = new CallerPool(
            new IPEndPoint(IPAddress.Parse(ServerAddresses.Site.Host), ServerAddresses.Site.Port), new Players(tokens),
            timeProvider)
        { RepeatFor = repeatFor };
    }

    public string HuntId { get; }

    public IReadOnlyList<string> TreasureIds => [.. Enumerable.Range(0, _scenario.Treasures).Select(n => $"{HuntId}-{n}")];

    /// <param name="reads">Share of calls that read a treasure instead of claiming it.</param>
    /// <param name="repeatFor">For how long callers that are turned away try again.</param>
    public static async Task<Rush> Prepare(
        AdminApiClient desk, Tokens tokens, TimeProvider timeProvider, double reads = 0, TimeSpan repeatFor = default)
    {
        var huntId = $"r{Contracts.Ids.FreshSlug()}";
        await new BenchSite(desk).PrepareAsync(Claims, huntId, timeProvider.GetUtcNow());
        return new Rush(tokens, timeProvider, huntId, Claims with { Reads = reads }, repeatFor);
    }

    /// <summary>Each caller claims again as soon as it has its outcome.</summary>
    public Task<CallTally> AsFastAsItGoes(int callers, TimeSpan span) => _callers.ClosedAsync(_scenario, HuntId, ++_seed, callers, span);

    /// <summary>So many claims a second, whether or not the engine keeps up.</summary>
    /// <param name="wait">Seconds that a caller waits for its outcome; 0 for the acceptance alone.</param>
    public Task<CallTally> At(double rate, int callers, TimeSpan span, int wait) =>
        _callers.OpenAsync(_scenario, HuntId, ++_seed, callers, span, rate, wait);

    public ValueTask DisposeAsync()
    {
        _callers.Dispose();
        return ValueTask.CompletedTask;
    }
}
