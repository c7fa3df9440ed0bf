using Npgsql;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.SqlOnly;
using TreasureHunt.Platform.Hosting;

// One database and nothing else: a claim is one statement, a transaction of its own, that PostgreSQL decides by its row locks.
var builder = PeerHost.CreateBuilder(args, "sql-only");
var database = new NpgsqlConnectionStringBuilder(builder.Configuration.Required("Postgres", "the database"))
{
    // Enough that the flush of one commit carries many others, few enough that the rest wait here rather than at a row lock.
    MaxPoolSize = 30,
    NoResetOnClose = true,
    // The same few statements come again and again: each is prepared once per connection.
    MaxAutoPrepare = 10,
};
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database));
builder.Services.AddSingleton<Peer, OneStatement>();
await builder.RunFrontAsync();
