using MassTransit;
using TreasureHunt.Peers.ByTheBook;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using TreasureHunt.Platform.Messaging;

// The engine's libraries put together as their documentation shows: MassTransit sends a request per claim, the worker takes the
// treasure's Redlock, Marten fetches the stream for writing, and each claim is a transaction.
var isWorker = args.Contains("--worker");
var builder = PeerHost.CreateBuilder(args, isWorker ? "by-the-book-worker" : "by-the-book");
builder.Services.AddStore(builder.Configuration, "bench_book");
if (isWorker)
{
    builder.Services.AddRedlock(builder.Configuration);
    builder.Services.AddBus(
        builder.Configuration,
        builder.Configuration.Required("RabbitMq", "the bus"),
        bus => bus.AddConsumer<ClaimConsumer>(),
        (context, rabbit) => rabbit.ReceiveEndpoint(ClaimConsumer.Queue, endpoint => ClaimConsumer.Configure(endpoint, context)));
    await builder.RunWorkerAsync();
}
else
{
    builder.Services.AddBus(
        builder.Configuration, builder.Configuration.Required("RabbitMq", "the bus"), _ => { }, (_, _) => { });
    builder.Services.AddSingleton<Peer, Requests>();
    await builder.RunFrontAsync();
}
