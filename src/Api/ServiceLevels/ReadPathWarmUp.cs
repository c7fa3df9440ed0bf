using TreasureHunt.Api.Caching;

namespace TreasureHunt.Api.ServiceLevels;

/// <summary>
/// Reads once what callers read, before the Api says that it is ready: code that runs for the first time is compiled first, and
/// the first callers of a host that starts in the middle of a sale would wait for that longer than a cache is given to answer.
/// </summary>
public sealed class ReadPathWarmUp(ReadModelReader readModels)
{
    private const string MissingId = "rehearsal";

    /// <summary>Ends when everything has been read, or could not be: a host without caches has something to do all the same.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync(readModels.LatestHuntsAsync(1, cancellationToken));
        await TryAsync(readModels.HuntAsync(MissingId, cancellationToken));
        await TryAsync(readModels.TreasuresOfAsync(MissingId, cancellationToken));
        await TryAsync(readModels.TreasureAsync(MissingId, cancellationToken));
        await TryAsync(readModels.LeaderboardAsync(MissingId, 1, cancellationToken));
        await TryAsync(readModels.ClaimAsync(Guid.Empty, cancellationToken));
    }

    private static async Task TryAsync<T>(ValueTask<T> read)
    {
        try
        {
            await read;
        }
        catch (ReadModelUnavailableException)
        {
            // Callers are told so.
        }
    }
}
