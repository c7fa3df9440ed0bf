using System.Collections.Concurrent;
using JasperFx;
using Marten;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Commands.Claims.Refusals;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.EventStore.Snapshots;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Deciding;

/// <summary>A log of its own, and the desks of two workers over it, without bus and hosts.</summary>
public sealed class WorkerFixture(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _open = [];
    private int _things;

    public string Schema { get; } = $"it{Ids.FreshSlug()}";

    public string ConnectionString { get; private set; } = "";

    /// <summary>Which PostgreSQL it is.</summary>
    public string Server { get; private set; } = "";

    public StoredEvents Log { get; private set; } = null!;

    public WorkerUnderTest One { get; private set; } = null!;

    /// <summary>Another worker's desk. It knows nothing of the locks of the first: the worst that can happen to a lock.</summary>
    public WorkerUnderTest Two { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Server, ConnectionString) = await server.Server;
        Log = new StoredEvents(Schema, ConnectionString);
        (One, Two) = (Open(), Open());
        await One.Store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
    }

    /// <summary>Opens one more desk.</summary>
    /// <param name="locks">The lock masters; those of the environment when it is null.</param>
    /// <param name="lockPrefix">Desks with the same prefix heed each other's locks.</param>
    public WorkerUnderTest Open(string? locks = null, string? lockPrefix = null)
    {
        var desk = new WorkerUnderTest(ConnectionString, Schema, locks ?? Servers.RedisLocks, lockPrefix ?? Ids.FreshSlug());
        _open.Add(desk);
        return desk;
    }

    /// <summary>An open hunt.</summary>
    public async Task<string> Hunt(int? playerLimit = null)
    {
        var huntId = $"hunt-{Interlocked.Increment(ref _things)}";
        await One.Handle(
            new DraftHunt(
                Ids.Fresh(), OpenHuntFixture.At(0), huntId, "Autumn sale", OpenHuntFixture.At(0), OpenHuntFixture.At(120), playerLimit));
        await One.Handle(new ChangeHunt(Ids.Fresh(), OpenHuntFixture.At(0), huntId, HuntChange.Open));
        return huntId;
    }

    /// <summary>A treasure in a hunt.</summary>
    public async Task<string> Treasure(string huntId, int stock = 1, int perPlayer = 1, string? proof = null)
    {
        var treasureId = $"treasure-{Interlocked.Increment(ref _things)}";
        var commandId = Ids.Fresh();
        await One.Handle(
            new HideTreasure(
                commandId, OpenHuntFixture.At(0), treasureId, huntId, "Golden goose", stock, perPlayer,
                proof is null ? null : Proofs.Hash(proof, commandId), []));
        return treasureId;
    }

    public async ValueTask DisposeAsync()
    {
        await Log.Execute($"drop schema if exists {Schema} cascade");
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }

        await Log.DisposeAsync();
    }
}

/// <summary>What a worker decides with.</summary>
public sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres;
    private readonly TreasureLock _locks;
    private readonly AdminCommandHandler _admin;
    private readonly KeptLog _log = new();
    private readonly ReadModelRedis _redis = ReadModelRedis.Connect(Servers.RedisReadModels);

    public WorkerUnderTest(string connectionString, string schema, string locks, string lockPrefix)
    {
        _postgres = NpgsqlDataSource.Create(connectionString);
        _locks = new TreasureLock(locks, lockPrefix);
        Store = DocumentStore.For(options =>
        {
            options.Connection(_postgres);
            EventStoreRegistration.Configure(options, schema);
            SnapshotStorage.Configure(options);
        });
        var (retries, pulse) = (new CommitRetryPolicy(TimeProvider.System, NullLogger<CommitRetryPolicy>.Instance), new CommitNotifier(
            _redis, new ReadModelKeys(schema)));
        Claims = new ClaimBatchHandler(
            new ClaimEventStore(Store, TimeProvider.System), _postgres, retries, _locks, pulse,
            new UnrecordedRefusals(_redis, new ReadModelKeys(schema)), TimeProvider.System, _log);
        _admin = new AdminCommandHandler(Store, retries, _locks, pulse);
    }

    public DocumentStore Store { get; }

    public ClaimBatchHandler Claims { get; }

    /// <summary>How often it has logged something that begins like this.</summary>
    public int SaysOf(string beginning) => _log.Lines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Decides claims, and gives their outcomes in the order of the claims.</summary>
    public async Task<IReadOnlyList<IClaimEvent>> Decide(params AcceptedClaim[] claims)
    {
        var decided = await Claims.HandleAsync(claims, TestContext.Current.CancellationToken);
        return claims.Select(claim => decided.Outcomes[claim.ClaimId]).ToList();
    }

    public Task<CommandResponse> Handle(DraftHunt command) => _admin.HandleAsync(command, TestContext.Current.CancellationToken);

    public Task<CommandResponse> Handle(ChangeHunt command) => _admin.HandleAsync(command, TestContext.Current.CancellationToken);

    public Task<CommandResponse> Handle(HideTreasure command) => _admin.HandleAsync(command, TestContext.Current.CancellationToken);

    public Task<CommandResponse> Handle(string treasureId, IAdminCommand command) =>
        _admin.HandleAsync(treasureId, command, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _postgres.DisposeAsync();
        await _locks.DisposeAsync();
        await _redis.DisposeAsync();
    }
}

/// <summary>Keeps what a worker logs.</summary>
internal sealed class KeptLog : ILogger<ClaimBatchHandler>
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}

/// <summary>Times are data: all of it happens on one evening.</summary>
internal static class OpenHuntFixture
{
    /// <summary>So many minutes after the hunts open.</summary>
    public static DateTimeOffset At(double minute) => new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero).AddMinutes(minute);

    /// <summary>A claim as the Api accepts it.</summary>
    public static AcceptedClaim Claim(string treasureId, string player, string key = "key", string? proof = null, double minute = 1) =>
        new(Ids.ForClaim(player, treasureId, key), treasureId, player, proof, At(minute));
}
