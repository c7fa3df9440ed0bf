using System.Net;
using System.Net.Sockets;
using Marten;
using Npgsql;
using TreasureHunt.EventStore;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Audit;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>An audit holds the state of a whole hunt in memory, so one audit runs at a time.</summary>
public sealed class AuditorSpecs : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // Stands for PostgreSQL: it accepts connections and never responds.
    private readonly TcpListener _postgres = new(IPAddress.Loopback, 0);
    private readonly ReadModelRedis _redis = ReadModelRedis.Connect("127.0.0.1:1");
    private readonly NpgsqlDataSource _source;
    private readonly DocumentStore _store;
    private readonly Auditor _auditor;

    public AuditorSpecs()
    {
        _postgres.Start();
        _source = NpgsqlDataSource.Create(
            $"Host=127.0.0.1;Port={((IPEndPoint)_postgres.LocalEndpoint).Port};Username=hunt;Password=x;Database=d;SslMode=Disable;Timeout=0");
        _store = DocumentStore.For(options =>
        {
            options.Connection(_source);
            EventStoreRegistration.Configure(options, "treasurehunt");
        });
        _auditor = new Auditor(
            new EventReader(_source, _store), [], _redis, null!, null!, new ReadModelKeys("th"),
            new ReadModelOptions(), new AuditOptions(), TimeProvider.System);
    }

    [Fact]
    public async Task A_second_audit_opens_no_connection_until_the_first_has_ended()
    {
        var first = Audit();
        using (await Connection())
        {
            var second = Audit();
            // An opened connection is pending before the call returns.
            Assert.False(_postgres.Pending());
            Assert.False(second.IsCompleted);
            _ = second.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => first.WaitAsync(Timeout, TestContext.Current.CancellationToken));
        (await Connection()).Dispose();
    }

    [Fact]
    public async Task A_cancelled_audit_does_not_block_the_next_one()
    {
        var first = Audit();
        using var connection = await Connection();
        using var cancelled = new CancellationTokenSource();
        var second = _auditor.AuditHuntAsync("sale", 0, cancelled.Token);

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        connection.Dispose();

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => first.WaitAsync(Timeout, TestContext.Current.CancellationToken));
        var third = Audit();
        (await Connection()).Dispose();
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => third.WaitAsync(Timeout, TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _postgres.Dispose();
        _auditor.Dispose();
        _store.Dispose();
        await _source.DisposeAsync();
        await _redis.DisposeAsync();
    }

    private Task<HuntReport> Audit() => _auditor.AuditHuntAsync("sale", pauseFactor: 0, TestContext.Current.CancellationToken);

    private Task<Socket> Connection() => _postgres.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Timeout);
}
