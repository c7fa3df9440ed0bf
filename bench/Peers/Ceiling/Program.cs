using TreasureHunt.Peers.Ceiling;
using TreasureHunt.Peers.Front;

// What no design behind this front can beat on this machine: a front that accepts and does nothing (202), or, with
// Ceiling__Store=batched, one that only waits for the disk.
var builder = PeerHost.CreateBuilder(args, "ceiling");
if (builder.Configuration["Ceiling:Store"] == "batched")
{
    builder.Services.AddSingleton<Peer, BatchedInsert>();
}
else
{
    builder.Services.AddSingleton<Peer, Nothing>();
}

await builder.RunFrontAsync();
