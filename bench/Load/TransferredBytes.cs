using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;

namespace TreasureHunt.Load;

/// <summary>The bytes that the bus and the database have transferred and stored so far.</summary>
internal static class TransferredBytes
{
    /// <summary>The broker updates its connections' counters every 30 s and sends no notification.</summary>
    private static readonly TimeSpan CounterInterval = TimeSpan.FromSeconds(32);

    public static async Task<Dictionary<string, double>> ReadAsync()
    {
        await Task.Delay(CounterInterval);
        var (data, wal) = await PostgresAsync();
        return new Dictionary<string, double> { ["bus"] = await BusAsync(), ["data"] = data, ["wal"] = wal };
    }

    private static async Task<(double Data, double Wal)> PostgresAsync()
    {
        await using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("ConnectionStrings__Postgres")!);
        await using var command = source.CreateCommand(
            "select pg_database_size(current_database())::float8, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8");
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetDouble(0), reader.GetDouble(1));
    }

    // Received and sent bytes of the broker.
    private static async Task<double> BusAsync()
    {
        if (Environment.GetEnvironmentVariable("HUNT_RABBITMQ_MANAGEMENT") is not { Length: > 0 } address)
        {
            return 0;
        }

        var url = new Uri(address);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(url.UserInfo)));
        var response =
            await http.GetStringAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{url.Host}:{url.Port}/api/connections")));
        using var connections = JsonDocument.Parse(response);
        return connections.RootElement.EnumerateArray().Sum(
            connection => connection.GetProperty("recv_oct").GetDouble() + connection.GetProperty("send_oct").GetDouble());
    }
}
