using DotNet.Testcontainers.Builders;
using Npgsql;
using Testcontainers.PostgreSql;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Integration.Worker;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace TreasureHunt.Integration.Worker;

/// <summary>
/// The PostgreSQL of the event store tests: a container where a Docker engine is available, else the server of the
/// environment.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Image = "postgres:17";

    private readonly Lazy<Task<(string Name, string ConnectionString)>> _server;
    private PostgreSqlContainer? _container;

    public PostgresServer() => _server = new(Find);

    /// <summary>The description of the server for the test output, and its connection string.</summary>
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
            // Data in memory: the tests are about concurrency, not about the disk.
            _container = new PostgreSqlBuilder(Image).WithTmpfsMount("/var/lib/postgresql/data").Build();
        }
        catch (Exception exception) when (exception is DockerUnavailableException or ArgumentException)
        {
            return await UseEnvironment("no Docker engine is available");
        }

        await _container.StartAsync();
        return await Describe($"a container of {Image}", _container.GetConnectionString());
    }

    private static Task<(string Name, string ConnectionString)> UseEnvironment(string reason) =>
        Describe($"the server of the environment ({reason})", Servers.Postgres);

    private static async Task<(string Name, string ConnectionString)> Describe(string description, string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return ($"{description}, version {connection.PostgreSqlVersion}", connectionString);
    }
}
