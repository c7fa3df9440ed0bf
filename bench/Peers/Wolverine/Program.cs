using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using TreasureHunt.Peers.Wolverine;
using Wolverine;
using Wolverine.Marten;

// Marten's sibling, which has an answer of its own to crowds: messages of one treasure are handled one after the other, in
// one process, while other treasures go on.
var isWorker = args.Contains("--worker");
var builder = PeerHost.CreateBuilder(args, isWorker ? "wolverine-worker" : "wolverine");
// It would write lines about each message.
builder.Logging.AddFilter("Wolverine", LogLevel.Warning).AddFilter("TreasureHunt.Peers.Wolverine", LogLevel.Warning);
var store = builder.Services.AddStore(builder.Configuration, "bench_wolverine");
if (isWorker)
{
    store.IntegrateWithWolverine();
    builder.Services.AddHealthChecks().AddCheck<OwnsQueues>("queues");
    builder.Host.UseWolverine(options => QueuePartitions.Work(options, builder.Configuration));
    await builder.RunWorkerAsync();
}
else
{
    builder.Host.UseWolverine(options => QueuePartitions.Ask(options, builder.Configuration));
    builder.Services.AddSingleton<Peer, Invocations>();
    await builder.RunFrontAsync();
}
