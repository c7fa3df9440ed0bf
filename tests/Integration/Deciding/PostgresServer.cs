using DotNet.Testcontainers.Builders;
using Npgsql;
using Testcontainers.PostgreSql;
using TreasureHunt.Integration.Deciding;
using TreasureHunt.Integration.Harness;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace TreasureHunt.Integration.Deciding;

/// <summary>
/// The PostgreSQL of the event-store tests: a container of their own where a Docker engine answers, else the one that the
/// environment names. The tests are the same.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Image = "postgres:17";

    private readonly Lazy<Task<(string Name, string ConnectionString)>> _server;
    private PostgreSqlContainer? _container;

    public PostgresServer() => _server = new(Find);

    /// <summary>Which one it is, for the output, and how to reach it.</summary>
    public Task<(string Name, string ConnectionString)> Server => _server.Value;

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }

    private async Task<(string Name, string ConnectionString)> Find()
    {
        try
        {
            // Data in memory: what is tested is who wins, not the disk.
            _container = new PostgreSqlBuilder(Image).WithTmpfsMount("/var/lib/postgresql/data").Build();
        }
        catch (Exception exception) when (exception is DockerUnavailableException or ArgumentException)
        {
            return await Local("no Docker engine answers");
        }

        await _container.StartAsync();
        return await Describe($"a container of {Image}", _container.GetConnectionString());
    }

    private static Task<(string Name, string ConnectionString)> Local(string why) =>
        Describe($"the one of the environment ({why})", Servers.Postgres);

    private static async Task<(string Name, string ConnectionString)> Describe(string which, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return ($"{which}, version {connection.PostgreSqlVersion}", connectionString);
    }
}
