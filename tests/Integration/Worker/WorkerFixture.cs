using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Worker;

/// <summary>A separate event store with two workers, without a bus and without host processes.</summary>
public sealed class WorkerFixture(PostgresServer server) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _open = [];
    private int _things;

    public string Schema { get; } = $"it{Ids.FreshSlug()}";

    public string ConnectionString { get; private set; } = "";

    /// <summary>The description of the PostgreSQL server.</summary>
    public string Server { get; private set; } = "";

    public StoredEvents EventStore { get; private set; } = null!;

    public WorkerUnderTest First { get; private set; } = null!;

    /// <summary>Another worker. It has another lock prefix and so never waits for the locks of the first.</summary>
    public WorkerUnderTest Second { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (Server, ConnectionString) = await server.Server;
        EventStore = new StoredEvents(Schema, ConnectionString);
        (First, Second) = (AddWorker(), AddWorker());
        await EventStoreSchema.ApplyAsync(First.Store);
    }

    /// <summary>Creates one more worker.</summary>
    /// <param name="locks">The endpoints of the lock masters; null for those of the environment.</param>
    /// <param name="lockPrefix">Workers with the same prefix share their locks.</param>
    public WorkerUnderTest AddWorker(string? locks = null, string? lockPrefix = null)
    {
        var admin = new WorkerUnderTest(ConnectionString, Schema, locks ?? Servers.RedisLocks, lockPrefix ?? Ids.FreshSlug());
        _open.Add(admin);
        return admin;
    }

    /// <summary>Drafts and opens a hunt.</summary>
    public async Task<string> OpenHunt(int? playerLimit = null)
    {
        var huntId = $"hunt-{Interlocked.Increment(ref _things)}";
        await First.Handle(
            new DraftHunt(
                Ids.Fresh(), TestClaims.AtMinute(0), huntId, "Autumn sale", TestClaims.AtMinute(0), TestClaims.AtMinute(120), playerLimit));
        await First.Handle(new ChangeHunt(Ids.Fresh(), TestClaims.AtMinute(0), huntId, HuntChange.Open));
        return huntId;
    }

    /// <summary>Hides a treasure in a hunt.</summary>
    public async Task<string> HideTreasure(string huntId, int stock = 1, int perPlayer = 1, string? proof = null)
    {
        var treasureId = $"treasure-{Interlocked.Increment(ref _things)}";
        var commandId = Ids.Fresh();
        await First.Handle(
            new HideTreasure(
                commandId, TestClaims.AtMinute(0), treasureId, huntId, "Golden goose", stock, perPlayer,
                proof is null ? null : Proofs.Hash(proof, commandId), []));
        return treasureId;
    }

    /// <summary>Runs actions that wait for a table lock, and releases the lock when all of them wait.</summary>
    public async Task<T[]> RunConcurrently<T>(string table, params Func<Task<T>>[] actions)
    {
        Task<T[]> running;
        await using (var hold = await EventStore.Hold(table))
        {
            running = Task.WhenAll(actions.Select(action => action()));
            await hold.UntilWaiting(actions.Length);
        }

        return await running;
    }

    /// <summary>Runs decisions as <see cref="RunConcurrently"/> does, and returns all outcomes.</summary>
    public async Task<List<IClaimEvent>> DecideConcurrently(string table, params Func<Task<IReadOnlyList<IClaimEvent>>>[] actions) =>
        [.. (await RunConcurrently(table, actions)).SelectMany(outcomes => outcomes)];

    public async ValueTask DisposeAsync()
    {
        await EventStore.Execute($"drop schema if exists {Schema} cascade");
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }

        await EventStore.DisposeAsync();
    }
}
