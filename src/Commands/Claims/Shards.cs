using MassTransit;
using TreasureHunt.Platform.Bus;

namespace TreasureHunt.Commands.Claims;

/// <summary>The worker's end of every claim queue.</summary>
public sealed class Shards(ClaimDesk desk, TimeProvider time, ShardOptions options, IHostApplicationLifetime lifetime, ILogger<ClaimsConsumer> logger) : IAsyncDisposable
{
    private readonly List<Shard> _shards = Enumerable.Range(0, options.Count)
        .Select(_ => new Shard(desk, time, lifetime.ApplicationStopped))
        .ToList();

    public void Configure(IRabbitMqBusFactoryConfigurator rabbit)
    {
        foreach (var (number, shard) in _shards.Index())
        {
            rabbit.ReceiveEndpoint(Contracts.BusNames.Shard(number), endpoint => ClaimsConsumer.Configure(endpoint, shard, logger));
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
