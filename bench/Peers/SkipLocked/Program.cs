using Npgsql;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.SkipLocked;

// One database and one row for each unit: a claim takes a row that no other claim has locked, so that claims of one treasure do not wait
// for each other.
var builder = PeerHost.CreateBuilder(args, "skip-locked");
var database = new NpgsqlConnectionStringBuilder(builder.Configuration.Required("Postgres", "the database"))
{
    // As the peer with one row for a treasure connects.
    MaxPoolSize = 30,
    NoResetOnClose = true,
    MaxAutoPrepare = 10,
};
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database));
builder.Services.AddSingleton<Peer, UnitRows>();
await builder.RunFrontAsync();
