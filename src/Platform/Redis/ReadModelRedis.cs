using StackExchange.Redis;

namespace TreasureHunt.Platform.Redis;

/// <summary>The Redis Cluster that holds the read models, and the pulse that wakes the projections.</summary>
public sealed class ReadModelRedis : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private ReadModelRedis(ConnectionMultiplexer connection) => _connection = connection;

    public IDatabase Database => _connection.GetDatabase();

    public ISubscriber Subscriber => _connection.GetSubscriber();

    /// <summary>The nodes that can be reached and are no copies of others.</summary>
    public IEnumerable<IServer> Primaries => _connection.GetServers().Where(server => server is { IsConnected: true, IsReplica: false });

    public bool IsConnected => _connection.IsConnected;

    /// <summary>Connects without waiting for the servers: a host starts, and degrades, without Redis.</summary>
    public static ReadModelRedis Connect(string endpoints)
    {
        var options = RedisOptions.Parse(endpoints);
        // The client counts INFO, which tells how full a node is, as an administrator's command.
        options.AllowAdmin = true;
        return new ReadModelRedis(ConnectionMultiplexer.Connect(options));
    }

    /// <summary>True once every master has answered; fails as any call does when one does not.</summary>
    public async Task<bool> IsAliveAsync()
    {
        await Task.WhenAll(_connection.GetServers().Where(server => !server.IsReplica).Select(server => server.PingAsync()));
        return true;
    }

    /// <summary>The time of the nodes: the middle one, so that a single wrong clock is not believed.</summary>
    /// <exception cref="TimeoutException">No node answers.</exception>
    public async Task<DateTimeOffset> TimeAsync()
    {
        var times = await Task.WhenAll(Primaries.Select(server => server.TimeAsync()));
        return times.Length > 0
            ? new DateTimeOffset(times.Order().ElementAt(times.Length / 2), TimeSpan.Zero)
            : throw new TimeoutException("No node of the read-model cluster answers.");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
