using System.Collections.Concurrent;
using Npgsql;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.Checking;
using TreasureHunt.Faults.Load;
using TreasureHunt.Faults.Servers;
using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.Faults.Trials;

/// <summary>The servers, clients and state of one trial, for its fault.</summary>
/// <param name="IsShort">Whether faults use their short duration.</param>
public sealed record FaultScenario(
    HuntSet Set, Broker Broker, NpgsqlDataSource Postgres, AdminApiClient Admin, TokenFactory Tokens, TimeProvider TimeProvider,
    bool IsShort)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(3) };

    /// <summary>The hunt under load.</summary>
    public required FaultHunt Hunt { get; init; }

    /// <summary>
    /// A client for the fault's own claims, which are recorded and checked like those of the load. Set while a trial runs.
    /// </summary>
    public RecordingClaimsClient Client { get; set; } = null!;

    /// <summary>The duration of a fault whose duration is adjustable; null for its default.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Resources that the fault needs in several steps. The suite disposes them at the end of the trial.</summary>
    public List<IAsyncDisposable> Resources { get; } = [];

    /// <summary>Violations that the fault itself found.</summary>
    public List<Violation> Violations { get; } = [];

    /// <summary>Messages that must be dead letters at the end. Concurrent senders add to it.</summary>
    public ConcurrentQueue<string> Malformed { get; } = [];

    /// <summary>Messages that may be dead letters at the end.</summary>
    public ConcurrentQueue<string> MaybeMalformed { get; } = [];

    /// <summary>Seed of the load and of the fault's random choices.</summary>
    public int Seed { get; init; }

    /// <summary>The proxy of <see cref="ProxiedFault.ThroughProxy"/>.</summary>
    public FaultyTcpProxy Proxy => Resources.OfType<FaultyTcpProxy>().Single();

    /// <summary>Adds a resource to <see cref="Resources"/>.</summary>
    public T Own<T>(T resource)
        where T : IAsyncDisposable
    {
        Resources.Add(resource);
        return resource;
    }

    public async Task<T> QueryScalar<T>(string sql)
    {
        await using var command = Postgres.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = Postgres.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Counts the events of the event store.</summary>
    public Task<long> CountEvents() => QueryScalar<long>($"select count(*) from {ServerAddresses.Schema}.mt_events");

    /// <summary>The events of the hunt in the order of the event store.</summary>
    public async Task<List<FeedEvent>> ReadEvents()
    {
        var events = new List<FeedEvent>();
        await new EventFeedClient(Admin, TimeProvider).ReadAsync(Hunt.HuntId, events.Add, CancellationToken.None);
        return events;
    }

    /// <summary>Audits a hunt, by default the one under load.</summary>
    /// <returns>Null when the audit does not answer.</returns>
    public Task<AuditResponse?> Audit(string? huntId = null) =>
        Admin.TryGetAsync<AuditResponse>($"/admin/audit?huntId={huntId ?? Hunt.HuntId}", CancellationToken.None);

    /// <summary>The health report of a host; null when it does not answer.</summary>
    public async Task<string?> ReadHealth(string host)
    {
        try
        {
            return await Http.GetStringAsync(new Uri(Set.UrlOf(host), "/health/ready"));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }

    /// <summary>The header <c>Hunt-Status</c> of the site; null when it does not answer.</summary>
    public async Task<string?> ReadHuntStatus()
    {
        try
        {
            using var response = await Http.GetAsync(new Uri(ServerAddresses.Site, $"/v1/hunts/{Hunt.HuntId}"));
            return response.Headers.TryGetValues("Hunt-Status", out var values) ? values.First() : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
