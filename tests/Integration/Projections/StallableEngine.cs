using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Projections;

/// <summary>An engine with a separate Redis for its read models.</summary>
public sealed class StallableEngine : EngineFixture
{
    private readonly Task<RedisNode> _redis;

    public StallableEngine()
        : this(RedisNode.Start())
    {
    }

    private StallableEngine(Task<RedisNode> redis)
        : base(async () => await Harness.Engine.Start(("ConnectionStrings__RedisReadModels", (await redis).Address))) => _redis = redis;

    public Task<RedisNode> Redis => _redis;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await _redis).DisposeAsync();
    }
}
