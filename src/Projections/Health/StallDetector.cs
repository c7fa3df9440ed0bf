namespace TreasureHunt.Projections.Health;

/// <summary>
/// Detects stalled shards: they are behind the head of the event store and make no progress. Immutable: each observation returns the
/// next detector. The caller passes the time.
/// </summary>
public sealed class StallDetector
{
    /// <summary>Without any observation.</summary>
    public static readonly StallDetector Empty = new([]);

    private readonly Dictionary<string, Shard> _shards;

    private StallDetector(Dictionary<string, Shard> shards) => _shards = shards;

    /// <summary>Adds an observation.</summary>
    /// <param name="now">Time since any fixed point.</param>
    /// <param name="head">The last sequence of the event store.</param>
    /// <param name="positions">The last sequence that each shard has processed.</param>
    public StallDetector Observe(TimeSpan now, long head, IEnumerable<KeyValuePair<string, long>> positions) =>
        new(positions.ToDictionary(
            position => position.Key, position => ObserveShard(_shards.GetValueOrDefault(position.Key), now, head, position.Value)));

    /// <summary>
    /// How long a shard has made no progress while it was behind the head; zero when it makes progress or has nothing to read.
    /// </summary>
    public TimeSpan StalledFor(string shard, TimeSpan now) =>
        _shards.TryGetValue(shard, out var known) && known.BehindSince is { } since ? now - since : TimeSpan.Zero;

    /// <summary>The stalled shards, and how long they have made no progress.</summary>
    /// <param name="threshold">A shard without progress for this long is stalled.</param>
    public IReadOnlyDictionary<string, TimeSpan> StalledShards(TimeSpan now, TimeSpan threshold) =>
        _shards.Keys.Select(shard => (Name: shard, Time: StalledFor(shard, now)))
            .Where(shard => shard.Time >= threshold)
            .ToDictionary(shard => shard.Name, shard => shard.Time);

    private static Shard ObserveShard(Shard? before, TimeSpan now, long head, long position) =>
        position >= head ? new Shard(position, null)
        : before is { BehindSince: not null } && before.Position == position ? before
        : new Shard(position, now);

    private sealed record Shard(long Position, TimeSpan? BehindSince);
}
