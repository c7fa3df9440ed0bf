using StackExchange.Redis;

namespace TreasureHunt.ReadModels;

/// <summary>The checkpoints of a generation's partitions.</summary>
/// <param name="Lowest">The sequence up to which all partitions are complete.</param>
/// <param name="Highest">The sequence after which no partition has an event.</param>
public sealed record Checkpoints(long Lowest, long Highest)
{
    /// <summary>Reads the checkpoints of all partitions; null when one is lost or not built.</summary>
    public static async Task<Checkpoints?> ReadAsync(IDatabase redis, GenerationKeys keys)
    {
        var checkpoints = await Task.WhenAll(keys.Checkpoints.Select(checkpoint => redis.StringGetAsync(checkpoint)));
        return checkpoints.Any(checkpoint => checkpoint.IsNull) ? null : new Checkpoints(
            checkpoints.Min(checkpoint => (long)checkpoint), checkpoints.Max(checkpoint => (long)checkpoint));
    }

    /// <summary>Returns the sequence up to which all partitions of a generation are complete; null when one is lost or not built.</summary>
    public static async Task<long?> CompleteUpToAsync(IDatabase redis, GenerationKeys keys) => (await ReadAsync(redis, keys))?.Lowest;
}
