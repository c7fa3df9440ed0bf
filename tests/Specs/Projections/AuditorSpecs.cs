using System.Net;
using System.Net.Sockets;
using Npgsql;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Audit;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>An audit holds the fold of a whole hunt: one runs at a time.</summary>
public sealed class AuditorSpecs : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // In place of PostgreSQL: it takes connections and says nothing.
    private readonly TcpListener _postgres = new(IPAddress.Loopback, 0);
    private readonly ReadModelRedis _redis = ReadModelRedis.Connect("127.0.0.1:1");
    private readonly NpgsqlDataSource _source;
    private readonly Auditor _auditor;

    public AuditorSpecs()
    {
        _postgres.Start();
        _source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={((IPEndPoint)_postgres.LocalEndpoint).Port};Username=hunt;Password=x;Database=d;SslMode=Disable;Timeout=0");
        _auditor = new Auditor(
            new EventFeedReader(_source, new EventStoreOptions()), null!, [], _redis, null!, null!, new ReadModelKeys("th"),
            new ReadModelOptions(), TimeProvider.System);
    }

    [Fact]
    public async Task A_second_audit_asks_nothing_until_the_first_has_ended()
    {
        var first = Audit();
        using (await Connection())
        {
            var second = Audit();
            // A connection that somebody opens is pending before the call returns.
            Assert.False(_postgres.Pending());
            Assert.False(second.IsCompleted);
            _ = second.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => first.WaitAsync(Patience, TestContext.Current.CancellationToken));
        (await Connection()).Dispose();
    }

    [Fact]
    public async Task Whoever_gives_up_waiting_takes_no_turn()
    {
        var first = Audit();
        using var connection = await Connection();
        using var leaving = new CancellationTokenSource();
        var second = _auditor.AuditAsync("sale", 0, leaving.Token);

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        connection.Dispose();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => first.WaitAsync(Patience, TestContext.Current.CancellationToken));
        var third = Audit();
        (await Connection()).Dispose();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => third.WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _postgres.Dispose();
        _auditor.Dispose();
        await _source.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private Task<HuntReport> Audit() => _auditor.AuditAsync("sale", rests: 0, TestContext.Current.CancellationToken);

    private Task<Socket> Connection() => _postgres.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Patience);
}
