using Npgsql;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>What a fault can lay hands on.</summary>
/// <param name="IsShort">The short set holds faults for seconds where the long one holds them for a minute.</param>
public sealed record Scene(HuntSet Set, Broker Broker, NpgsqlDataSource Postgres, AdminDesk Desk, Tokens Tokens, TimeProvider Time, bool IsShort)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>The hunt that the load is on.</summary>
    public required Stage Stage { get; init; }

    /// <summary>What the fault keeps between its steps, to be disposed when the trial ends.</summary>
    public List<IAsyncDisposable> Kept { get; } = [];

    /// <summary>What the fault itself has seen that must not be.</summary>
    public List<Violation> Found { get; } = [];

    /// <summary>Texts that must be in the error queues when it is over, and nothing else may be.</summary>
    public List<string> Malformed { get; } = [];

    /// <summary>What hosts are led through, where <see cref="Relayed.Behind"/> leads them.</summary>
    public Relay Relay => Kept.OfType<Relay>().Single();

    public T Keep<T>(T what)
        where T : IAsyncDisposable
    {
        Kept.Add(what);
        return what;
    }

    public async Task<T> Value<T>(string sql)
    {
        await using var command = Postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = Postgres.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What a host says of its health; null while it does not answer.</summary>
    public async Task<string?> Health(string host)
    {
        try
        {
            return await Http.GetStringAsync(new Uri(Set.Url(host), "/health/ready"));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Facts in the log so far.</summary>
    public Task<long> Facts() => Value<long>($"select count(*) from {Places.Schema}.mt_events");
}
