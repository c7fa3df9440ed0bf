using System.Globalization;
using StackExchange.Redis;
using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Projections.Folding;

/// <summary>A read model in Redis.</summary>
public abstract class RedisReadModel(string name, int generation, ReadModelRedis redis, Keys keys) : IReadModel
{
    public int Generation => generation;

    protected GenerationKeys Names { get; } = keys.In(name, generation);

    protected Keys Keys => keys;

    public async Task<bool> Apply(Page page, bool tell, CancellationToken cancellation)
    {
        var writes = new PartitionWrites(Names);
        await Fold(page.Facts, writes, cancellation);
        var complete = await writes.Apply(redis.Database, page.After, page.UpTo).WaitAsync(cancellation);
        if (tell)
        {
            writes.Tell(redis.Subscriber);
        }

        return complete;
    }

    public async Task<long?> Progress(CancellationToken cancellation)
    {
        var markers = await Task.WhenAll(Enumerable.Range(0, Partitions.Count).Select(partition => redis.Database.StringGetAsync(Names.Marker(partition))))
            .WaitAsync(cancellation);
        return markers.Any(marker => marker.IsNull) ? null : markers.Min(Sequence);
    }

    /// <summary>Turns facts into writes. It may be called again with facts that it has seen.</summary>
    protected abstract Task Fold(IReadOnlyList<Fact> facts, PartitionWrites writes, CancellationToken cancellation);

    private static long Sequence(RedisValue marker) => long.Parse((string)marker!, NumberStyles.None, CultureInfo.InvariantCulture);
}
