using StackExchange.Redis;

namespace TreasureHunt.Platform.Redis;

/// <summary>The Redis Cluster with the read models. Its pub/sub notifies the projections of commits.</summary>
public sealed class ReadModelRedis : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

    private ReadModelRedis(ConnectionMultiplexer connection) => _connection = connection;

    public IDatabase Database => _connection.GetDatabase();

    public ISubscriber Subscriber => _connection.GetSubscriber();

    /// <summary>The connected nodes that are not replicas.</summary>
    public IEnumerable<IServer> Primaries => _connection.GetServers().Where(server => server is { IsConnected: true, IsReplica: false });

    /// <summary>
    /// A channel whose messages arrive in their order: publishers and subscribers use the node of the channel's hash slot. Otherwise the
    /// client uses any node for each message.
    /// </summary>
    public static RedisChannel Channel(string name) => RedisChannel.Literal(name).WithKeyRouting();

    /// <summary>Returns the hash slot of a key.</summary>
    public int HashSlotOf(RedisKey key) => _connection.GetHashSlot(key);

    /// <summary>Connects in the background: a host starts without Redis, and is degraded.</summary>
    public static ReadModelRedis Connect(string endpoints)
    {
        var options = RedisOptions.Parse(endpoints);
        // The client requires it for INFO, which reports the used memory of a node.
        options.AllowAdmin = true;
        return new ReadModelRedis(ConnectionMultiplexer.Connect(options));
    }

    /// <summary>Returns true when every primary answers; throws like any other call when one does not.</summary>
    public async Task<bool> IsAliveAsync()
    {
        await Task.WhenAll(_connection.GetServers().Where(server => !server.IsReplica).Select(server => server.PingAsync()));
        return true;
    }

    /// <summary>The median of the nodes' times, so that a single wrong clock has no effect.</summary>
    /// <exception cref="TimeoutException">No node answers.</exception>
    public async Task<DateTimeOffset> GetTimeAsync()
    {
        var times = await Task.WhenAll(Primaries.Select(server => server.TimeAsync()));
        return times.Length > 0
            ? new DateTimeOffset(times.Order().ElementAt(times.Length / 2), TimeSpan.Zero)
            : throw new TimeoutException("No node of the read-model cluster answers.");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();
}
