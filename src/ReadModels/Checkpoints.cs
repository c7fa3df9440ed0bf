using StackExchange.Redis;

namespace TreasureHunt.ReadModels;

/// <summary>The markers of a generation's partitions.</summary>
public static class Checkpoints
{
    /// <summary>The sequence up to which a whole generation is complete; null when a partition is lost or not built yet.</summary>
    public static async Task<long?> CompleteAsync(IDatabase redis, GenerationKeys keys)
    {
        var markers = await Task.WhenAll(keys.Checkpoints.Select(marker => redis.StringGetAsync(marker)));
        return markers.Any(marker => marker.IsNull) ? null : markers.Min(marker => (long)marker);
    }
}
