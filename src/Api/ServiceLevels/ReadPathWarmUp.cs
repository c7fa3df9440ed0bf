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
    public async Task Run(CancellationToken cancellation)
    {
        await Try(readModels.LatestHunts(1, cancellation));
        await Try(readModels.Hunt(MissingId, cancellation));
        await Try(readModels.TreasuresOf(MissingId, cancellation));
        await Try(readModels.Treasure(MissingId, cancellation));
        await Try(readModels.Leaderboard(MissingId, 1, cancellation));
        await Try(readModels.Claim(Guid.Empty, cancellation));
    }

    private static async Task Try<T>(ValueTask<T> read)
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
