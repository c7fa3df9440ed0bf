using TreasureHunt.ReadModels;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// The live generation of each read model. A pointer in Redis names it. While Redis is down or has lost the pointer, the last known
/// generation is used: its own checkpoints show whether it is complete.
/// </summary>
public sealed class Generations(IFusionCache cache, CacheTiers tiers, ReadModelKeys keys)
{
    /// <summary>How long readers may use the previous generation after a switch.</summary>
    private static readonly TimeSpan CacheTtl = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan FailSafeTtl = TimeSpan.FromDays(1);

    private static readonly FusionCacheEntryOptions Options = new FusionCacheEntryOptions(CacheTtl) { Size = 1 }.SetFailSafe(
        true, FailSafeTtl, CacheTtl);

    /// <summary>The keys of the live generation.</summary>
    /// <exception cref="ReadModelUnavailableException">The live generation is not known.</exception>
    public async ValueTask<GenerationKeys> LiveAsync(string readModel, CancellationToken cancellationToken)
    {
        Dictionary<string, GenerationKeys> live;
        try
        {
            live = await cache.GetOrSetAsync<Dictionary<string, GenerationKeys>>(
                keys.Generations, (_, _) => ReadAsync(CancellationToken.None), Options, token: cancellationToken);
        }
        catch (Exception exception) when (CacheTiers.IsOutage(exception))
        {
            throw new ReadModelUnavailableException(exception);
        }

        return live.TryGetValue(readModel, out var known)
            ? known : throw new ReadModelUnavailableException($"The read model {readModel} is not built yet.");
    }

    private async Task<Dictionary<string, GenerationKeys>> ReadAsync(CancellationToken cancellationToken)
    {
        var pointers = await tiers.QueryRedisAsync(redis => redis.HashGetAllAsync(keys.Generations), cancellationToken);
        return pointers.Length > 0
            ? pointers.ToDictionary(
                pointer => (string)pointer.Name!, pointer => keys.OfGeneration((string)pointer.Name!, (int)pointer.Value))
            : throw new ReadModelUnavailableException("Redis has no read model.");
    }
}
