using System.Collections.Concurrent;
using Npgsql;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Token;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Trials;

/// <summary>What a fault can lay hands on.</summary>
/// <param name="IsShort">The short set holds faults for seconds where the long one holds them for a minute.</param>
public sealed record FaultScenario(
    HuntSet Set, Broker Broker, NpgsqlDataSource Postgres, AdminApiClient Desk, Tokens Tokens, TimeProvider Time, bool IsShort)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>The hunt that the load is on.</summary>
    public required FaultHunt Stage { get; init; }

    /// <summary>For claims of the fault's own, which are checked like those of the load. There is one while a trial runs.</summary>
    public RecordingClaimsClient Client { get; set; } = null!;

    /// <summary>For how long a fault goes on that takes a length; null for its own.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>What the fault keeps between its steps, to be disposed when the trial ends.</summary>
    public List<IAsyncDisposable> Kept { get; } = [];

    /// <summary>What the fault itself has seen that must not be.</summary>
    public List<Violation> Found { get; } = [];

    /// <summary>Texts that must be in the error queues when it is over, and nothing else may be. Senders add to it side by side.</summary>
    public ConcurrentQueue<string> Malformed { get; } = [];

    /// <summary>Texts that may be there as well.</summary>
    public ConcurrentQueue<string> Doubtful { get; } = [];

    /// <summary>Of the load and of whatever the fault does by chance.</summary>
    public int Seed { get; init; }

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

    /// <summary>What the site says of itself to readers, in the header <c>Hunt-Status</c>; null while it does not answer.</summary>
    public async Task<string?> Status()
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(ServerAddresses.Site, $"/v1/hunts/{Stage.HuntId}"));
            return answer.Headers.TryGetValues("Hunt-Status", out var values) ? values.First() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>Facts in the log so far.</summary>
    public Task<long> Facts() => Value<long>($"select count(*) from {ServerAddresses.Schema}.mt_events");
}
