using Npgsql;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;
using static TreasureHunt.Integration.Worker.TestClaims;

namespace TreasureHunt.Integration.Worker;

/// <summary>
/// A worker that loses its connection to PostgreSQL while it appends decisions: it does not know whether they are recorded.
/// </summary>
[Collection(nameof(WorkerGroup))]
public sealed class LostAnswerTests : IAsyncDisposable
{
    private readonly WorkerFixture _workers;
    private readonly FaultyTcpProxy _proxy;
    private readonly WorkerUnderTest _worker;

    public LostAnswerTests(WorkerFixture workers)
    {
        _workers = workers;
        var connection = new NpgsqlConnectionStringBuilder(workers.ConnectionString);
        _proxy = FaultyTcpProxy.To($"{connection.Host}:{connection.Port}");
        (connection.Host, connection.Port) = ("127.0.0.1", _proxy.Port);
        _worker = new WorkerUnderTest(connection.ConnectionString, workers.Schema, Servers.RedisLocks, Ids.FreshSlug());
    }

    [Fact]
    public async Task Decisions_whose_answer_is_lost_are_recorded_once_and_returned()
    {
        var treasureId = await _workers.HideTreasure(await _workers.OpenHunt());

        _proxy.CloseConnectionsAtAnswer("INSERT 0");
        var deciding = _worker.Decide(Claim(treasureId, "alice"), Claim(treasureId, "bob"));
        await Poll.Until("the answer is lost", () => _proxy.ClosedAtAnswer > 0);
        Assert.Equal(2, (await _workers.EventStore.OfTreasure(treasureId)).Decisions().Count);
        _proxy.Clear();

        var outcomes = await deciding;
        Assert.Equal([Outcomes.Won, Reasons.TreasureExhausted], outcomes.Select(outcome => outcome.Outcome()));
        Assert.Equal(outcomes, (await _workers.EventStore.OfTreasure(treasureId)).Decisions());
    }

    [Fact]
    public async Task Decisions_that_PostgreSQL_commits_after_the_loss_of_the_connection_are_recorded_once_and_returned()
    {
        var treasureId = await _workers.HideTreasure(await _workers.OpenHunt());

        Task<IReadOnlyList<IClaimEvent>> deciding;
        await using (var hold = await _workers.EventStore.Hold("slots"))
        {
            deciding = _worker.Decide(Claim(treasureId, "alice"));
            await hold.UntilWaiting(1);
            // PostgreSQL has all statements, and does not notice the loss while one of them waits.
            _proxy.CloseConnections();
            await hold.UntilWaiting(2);
        }

        var outcome = Assert.Single(await deciding);
        Assert.Equal(Outcomes.Won, outcome.Outcome());
        Assert.Equal(outcome, Assert.Single((await _workers.EventStore.OfTreasure(treasureId)).Decisions()));
    }

    [Fact]
    public async Task A_worker_that_stops_before_it_appends_holds_no_lock_and_decides_again()
    {
        var treasureId = await _workers.HideTreasure(await _workers.OpenHunt(), stock: 5);

        _proxy.PauseConnectionsAt("mt_streams as s");
        var deciding = _worker.Decide(Claim(treasureId, "alice"));
        await Poll.Until("the append is kept back", () => _proxy.PausedConnections == 1);
        var other = await _workers.Second.Decide(Claim(treasureId, "bob"));
        _proxy.Resume();

        Assert.Equal([1L, 2L], other.Concat(await deciding).Select(outcome => outcome.Position));
        Assert.Equal(2, (await _workers.EventStore.OfTreasure(treasureId)).Awards().Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _worker.DisposeAsync();
        await _proxy.DisposeAsync();
    }
}
