using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using TreasureHunt.Peers.Wolverine;
using Wolverine;
using Wolverine.Marten;

// Wolverine, by the authors of Marten, with its own design for contention: messages of one treasure are handled one after the other in one
// process, messages of other treasures in parallel.
var isWorker = args.Contains("--worker");
var builder = PeerHost.CreateBuilder(args, isWorker ? "wolverine-worker" : "wolverine");
// Wolverine logs lines about each message.
builder.Logging.AddFilter("Wolverine", LogLevel.Warning).AddFilter("TreasureHunt.Peers.Wolverine", LogLevel.Warning);
var store = builder.Services.AddStore(builder.Configuration, "bench_wolverine");
if (isWorker)
{
    store.IntegrateWithWolverine();
    builder.Services.AddHealthChecks().AddCheck<OwnsQueues>("queues");
    builder.Host.UseWolverine(options => QueuePartitions.ConfigureWorker(options, builder.Configuration));
    await builder.RunWorkerAsync();
}
else
{
    builder.Host.UseWolverine(options => QueuePartitions.ConfigureFront(options, builder.Configuration));
    builder.Services.AddSingleton<Peer, Invocations>();
    await builder.RunFrontAsync();
}
