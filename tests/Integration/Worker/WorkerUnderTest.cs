using Marten;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Commands.Claims.Refusals;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Commands.Locking;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Claims;
using TreasureHunt.EventStore.Snapshots;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Integration.Worker;

/// <summary>The command handlers of a worker, without a host process.</summary>
public sealed class WorkerUnderTest : IAsyncDisposable
{
    private readonly NpgsqlDataSource _postgres;
    private readonly TreasureLock _locks;
    private readonly AdminCommandHandler _admin;
    private readonly RecordingLogger _log = new();
    private readonly ReadModelRedis _redis = ReadModelRedis.Connect(Servers.RedisReadModels);

    public WorkerUnderTest(string connectionString, string schema, string locks, string lockPrefix)
    {
        _postgres = NpgsqlDataSource.Create(connectionString);
        _locks = new TreasureLock(locks, lockPrefix, TimeProvider.System);
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
            new UnrecordedRefusalStore(_redis, new ReadModelKeys(schema)), TimeProvider.System, _log);
        _admin = new AdminCommandHandler(Store, retries, _locks, pulse);
    }

    public DocumentStore Store { get; }

    public ClaimBatchHandler Claims { get; }

    /// <summary>Returns the number of log messages with this beginning.</summary>
    public int CountLogLines(string beginning) => _log.Lines.Count(line => line.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>Decides claims and returns their outcomes in the order of the claims.</summary>
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
