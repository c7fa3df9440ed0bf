using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Integration.Memcached;

/// <summary>A client of the memcached that the environment names, and keys that no other run uses.</summary>
public sealed class RealServer : IAsyncLifetime
{
    public static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5);

    /// <summary>Generous: these tests are about order, not about a busy machine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly string _prefix = $"test-{Ids.FreshSlug()}:";
    private int _keys;
    private MemcachedClient? _client;

    public static string ConnectionString { get; } = Environment.GetEnvironmentVariable("ConnectionStrings__Memcached")
        ?? throw new InvalidOperationException("ConnectionStrings__Memcached is not set: these tests need a memcached.");

    public MemcachedClient Client => _client ?? throw new InvalidOperationException();

    public string FreshKey() => $"{_prefix}{Interlocked.Increment(ref _keys)}";

    public async ValueTask InitializeAsync() => _client = await ConnectAsync(ConnectionString);

    public static async Task<MemcachedClient> ConnectAsync(string connectionString, Action<MemcachedOptions>? configure = null)
    {
        var options = MemcachedOptions.Parse(connectionString);
        (options.Timeout, options.DeadAfter) = (Timeout, Timeout);
        configure?.Invoke(options);
        var client = new MemcachedClient(options);
        await client.WaitUntilConnectedAsync(TestContext.Current.CancellationToken).WaitAsync(Timeout);
        return client;
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(CacheRead read) => Encoding.UTF8.GetString(read.Value.Span);

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }
}
