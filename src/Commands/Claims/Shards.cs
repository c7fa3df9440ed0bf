using MassTransit;
using TreasureHunt.Platform.Bus;

namespace TreasureHunt.Commands.Claims;

/// <summary>The worker's end of every claim queue.</summary>
public sealed class Shards(ClaimDesk desk, TimeProvider time, ShardOptions options, IHostApplicationLifetime lifetime, ILogger<ClaimsConsumer> logger) : IAsyncDisposable
{
    private readonly List<Shard> _shards = Enumerable.Range(0, options.Count)
        .Select(_ => new Shard(desk, time, lifetime.ApplicationStopped))
        .ToList();

    /// <param name="declares">Whether the queues are declared, or only consumed.</param>
    public void Configure(IRabbitMqBusFactoryConfigurator rabbit, bool declares)
    {
        foreach (var (number, shard) in _shards.Index())
        {
            rabbit.ReceiveEndpoint(Contracts.BusNames.Shard(number), endpoint => ClaimsConsumer.Configure(endpoint, shard, logger, declares));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var shard in _shards)
        {
            await shard.DisposeAsync();
        }
    }
}
