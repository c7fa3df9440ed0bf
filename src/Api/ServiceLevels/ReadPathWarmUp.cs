using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Calls each read once before the Api is ready. Code is compiled on its first call. The first callers of an Api that starts at peak load
/// would otherwise wait longer than the timeout of a cache.
/// </summary>
public sealed class ReadPathWarmUp(ReadModelReader readModels)
{
    private const string MissingId = "warm-up";

    /// <summary>Ends when each read has succeeded or failed: an Api without caches still accepts claims.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync(readModels.LatestHuntsAsync(1, cancellationToken));
        await TryAsync(readModels.HuntAsync(MissingId, cancellationToken));
        await TryAsync(readModels.TreasuresOfAsync(MissingId, cancellationToken));
        await TryAsync(readModels.TreasureAsync(MissingId, cancellationToken));
        await TryAsync(readModels.LeaderboardAsync(MissingId, 1, cancellationToken));
        await TryAsync(readModels.ClaimAsync(Guid.Empty));
    }

    private static async Task TryAsync<T>(ValueTask<T> read)
    {
        try
        {
            await read;
        }
        catch (ReadModelUnavailableException)
        {
            // Later reads report it to their callers.
        }
    }
}
