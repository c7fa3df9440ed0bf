namespace TreasureHunt.Projections.Health;

/// <summary>
/// Which shards stand still: behind the head of the event store, and not moving. Each look makes the next detector; time is the
/// caller's.
/// </summary>
public sealed class StallDetector
{
    /// <summary>A shard that has not moved for so long, although it had something to read, stands still.</summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(30);

    /// <summary>Before the first look.</summary>
    public static readonly StallDetector Nothing = new([]);

    private readonly Dictionary<string, Shard> _shards;

    private StallDetector(Dictionary<string, Shard> shards) => _shards = shards;

    /// <summary>After one more look.</summary>
    /// <param name="now">Time since any fixed moment.</param>
    /// <param name="head">The last sequence of the event store.</param>
    /// <param name="positions">How far each shard has come.</param>
    public StallDetector After(TimeSpan now, long head, IEnumerable<KeyValuePair<string, long>> positions) =>
        new(positions.ToDictionary(
            position => position.Key, position => Look(_shards.GetValueOrDefault(position.Key), now, head, position.Value)));

    /// <summary>For how long a shard has not moved although it was behind the head; zero when it moves or has nothing to read.</summary>
    public TimeSpan StalledFor(string shard, TimeSpan now) =>
        _shards.TryGetValue(shard, out var known) && known.BehindSince is { } since ? now - since : TimeSpan.Zero;

    /// <summary>The shards that stand still, and for how long.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Stalled(TimeSpan now) =>
        _shards.Keys.Select(shard => (shard, time: StalledFor(shard, now))).Where(one => one.time >= Threshold).ToDictionary(
            one => one.shard, one => one.time);

    private static Shard Look(Shard? before, TimeSpan now, long head, long position) =>
        position >= head ? new Shard(position, null)
        : before is { BehindSince: not null } && before.Position == position ? before
        : new Shard(position, now);

    private sealed record Shard(long Position, TimeSpan? BehindSince);
}
