using StackExchange.Redis;

namespace TreasureHunt.ReadModels;

/// <summary>Reads the checkpoints of a generation's partitions.</summary>
public static class Checkpoints
{
    /// <summary>Returns the sequence up to which all partitions of a generation are complete; null when one is lost or not built.</summary>
    public static async Task<long?> CompleteUpToAsync(IDatabase redis, GenerationKeys keys)
    {
        var checkpoints = await Task.WhenAll(keys.Checkpoints.Select(checkpoint => redis.StringGetAsync(checkpoint)));
        return checkpoints.Any(checkpoint => checkpoint.IsNull) ? null : checkpoints.Min(checkpoint => (long)checkpoint);
    }
}
