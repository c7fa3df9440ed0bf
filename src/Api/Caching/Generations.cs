using TreasureHunt.ReadModels;
using ZiggyCreatures.Caching.Fusion;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// Which generation of each read model readers see: a pointer in Redis, asked for now and then. While Redis is away, or has
/// lost the pointer, the last known one stands, for what it points to says by itself whether it is complete.
/// </summary>
public sealed class Generations(IFusionCache l1, CacheTiers hops, ReadModelKeys keys)
{
    /// <summary>How long after a flip readers may still see the generation before.</summary>
    private static readonly TimeSpan CacheTtl = TimeSpan.FromMilliseconds(250);

    private static readonly FusionCacheEntryOptions Options = new FusionCacheEntryOptions(CacheTtl) { Size = 1 }.SetFailSafe(
        true, TimeSpan.FromDays(1), CacheTtl);

    /// <summary>The keys of the live generation.</summary>
    /// <exception cref="ReadModelUnavailableException">It is not known.</exception>
    public async ValueTask<GenerationKeys> LiveAsync(string readModel, CancellationToken cancellationToken)
    {
        Dictionary<string, GenerationKeys> live;
        try
        {
            live = await l1.GetOrSetAsync<Dictionary<string, GenerationKeys>>(
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
        var pointers = await hops.QueryRedisAsync(redis => redis.HashGetAllAsync(keys.Generations), cancellationToken);
        return pointers.Length > 0
            ? pointers.ToDictionary(pointer => (string)pointer.Name!, pointer => keys.In((string)pointer.Name!, (int)pointer.Value))
            : throw new ReadModelUnavailableException("Redis knows of no read model.");
    }
}
