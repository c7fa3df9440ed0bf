using TreasureHunt.Contracts.ReadModels;
using TreasureHunt.Platform.ReadModels;
using TreasureHunt.Platform.Redis;

namespace TreasureHunt.Projections.Folding;

/// <summary>A read model in Redis.</summary>
public abstract class RedisReadModel(string name, int generation, ReadModelRedis redis, Keys keys) : IReadModel
{
    public int Generation => generation;

    protected GenerationKeys Names { get; } = keys.In(name, generation);

    protected Keys Keys => keys;

    public async Task<bool> Apply(Page page, bool live, CancellationToken cancellation)
    {
        var writes = new PartitionWrites(Names, live);
        await Fold(page.Facts, writes, cancellation);
        var complete = await writes.Apply(redis.Database, page.After, page.UpTo).WaitAsync(cancellation);
        writes.Tell(redis.Subscriber);
        return complete;
    }

    public Task<long?> Progress(CancellationToken cancellation) => Markers.Complete(redis.Database, Names).WaitAsync(cancellation);

    /// <summary>Turns facts into writes. It may be called again with facts that it has seen.</summary>
    protected abstract Task Fold(IReadOnlyList<Fact> facts, PartitionWrites writes, CancellationToken cancellation);
}
