using Npgsql;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.SqlOnly;

// One database and nothing else: a claim is one statement, a transaction of its own, that PostgreSQL decides by its row locks.
var builder = PeerHost.CreateBuilder(args, "sql-only");
var database = new NpgsqlConnectionStringBuilder(builder.Configuration.Required("Postgres", "the database"))
{
    // Enough that one flush commits many transactions, and few enough that claims wait for a connection instead of a row lock.
    MaxPoolSize = 30,
    NoResetOnClose = true,
    // The same few statements come again and again: each is prepared once per connection.
    MaxAutoPrepare = 10,
};
builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(database));
builder.Services.AddSingleton<Peer, OneStatement>();
await builder.RunFrontAsync();
