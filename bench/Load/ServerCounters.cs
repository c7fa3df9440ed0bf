using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace TreasureHunt.Load;

/// <summary>
/// The messages, transactions and commands that the servers have counted so far. All counters are current, unlike the statistics of the
/// broker's management and of PostgreSQL, and reading them adds about one to each.
/// </summary>
internal static class ServerCounters
{
    /// <summary>The counter of events of Marten: of decided claims, whether or not a caller waits for the outcome.</summary>
    public const string Events = "events";

    /// <summary>The counters by name. Those of a server that does not report them are missing.</summary>
    public static async Task<Dictionary<string, double>> ReadAsync()
    {
        var counters = new Dictionary<string, double>();
        if (Environment.GetEnvironmentVariable("HUNT_RABBITMQ_METRICS") is { Length: > 0 } address)
        {
            using var http = new HttpClient();
            var metrics = await http.GetStringAsync(new Uri(address));
            counters["messages published"] = CounterTexts.SumOf(metrics, "rabbitmq_global_messages_received_total");
            counters["messages delivered"] = CounterTexts.SumOf(metrics, "rabbitmq_global_messages_delivered_total");
        }

        // The transactions that wrote: only they get an id.
        counters["transactions"] = await ScalarAsync("select pg_snapshot_xmax(pg_current_snapshot())::text::float8");
        counters[Events] = await ScalarAsync(
            "select coalesce(sum(last_value), 0)::float8 from pg_sequences where sequencename = 'mt_events_sequence'");
        await AddCommandsAsync("lock commands", "ConnectionStrings__RedisLocks");
        await AddCommandsAsync("read-model commands", "ConnectionStrings__RedisReadModels");
        return counters;

        async Task AddCommandsAsync(string name, string variable)
        {
            var servers = CounterTexts.RedisServersOf(Environment.GetEnvironmentVariable(variable) ?? "");
            var commands = await Task.WhenAll(servers.Select(server => RedisCommandsAsync(server.Host, server.Port)));
            if (commands.Length > 0 && commands.All(count => count is not null))
            {
                counters[name] = commands.Sum(count => count!.Value);
            }
        }
    }

    private static async Task<double> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Environment.GetEnvironmentVariable("ConnectionStrings__Postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (double)(await command.ExecuteScalarAsync())!;
    }

    // A client library sends a dozen commands before the first. After QUIT the server closes the connection.
    private static async Task<double?> RedisCommandsAsync(string host, int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("INFO stats\r\nQUIT\r\n"u8.ToArray());
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return CounterTexts.RedisCommandsOf(await reader.ReadToEndAsync());
    }
}
