using TreasureHunt.Peers.Before;
using TreasureHunt.Peers.Front;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

// What the engine replaced: the shop's own code over its cache. It reads the stock, sees that there is some, and writes it
// back less one. In a quiet hour nobody notices what happens between the two.
var builder = PeerHost.CreateBuilder(args, "before");
builder.Services.AddReadModelRedis(builder.AddConnections(nameof(ConnectionOptions.RedisReadModels)).RedisReadModels);
builder.Services.AddSingleton(
    new ReadModelKeys(builder.Services.AddSettings<ReadModelOptions>(builder.Configuration, ReadModelOptions.Section).Prefix));
builder.Services.AddSingleton<Peer, ReadModifyWrite>();
await builder.RunFrontAsync();
