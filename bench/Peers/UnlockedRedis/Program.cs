using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.UnlockedRedis;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

// The shop's first design, which the engine replaced: it reads the stock from Redis and writes it back minus one, without a lock. Under
// concurrent claims two writes can follow the same read.
var builder = PeerHost.CreateBuilder(args, "unlocked-redis");
builder.Services.AddReadModelRedis(builder.AddConnections(nameof(ConnectionOptions.RedisReadModels)).RedisReadModels);
builder.Services.AddSingleton(
    new ReadModelKeys(builder.Services.AddSettings<ReadModelOptions>(builder.Configuration, ReadModelOptions.Section).Prefix));
builder.Services.AddSingleton<Peer, ReadModifyWrite>();
await builder.RunFrontAsync();
