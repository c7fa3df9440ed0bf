using TreasureHunt.Peers.Ceiling;
using TreasureHunt.Peers.Front;

// The upper bound of every design with this front on this machine: a front that accepts and does nothing (202), or, with
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
