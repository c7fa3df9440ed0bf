using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Integration.Memcached;

/// <summary>A client of the Memcached of the environment, with keys that no other run uses.</summary>
public sealed class MemcachedFixture : IAsyncLifetime
{
    public static readonly TimeSpan Ttl = TimeSpan.FromMinutes(5);

    /// <summary>Long, because a busy machine must not fail these tests.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly string _prefix = $"test-{Ids.FreshSlug()}:";
    private int _keys;
    private MemcachedClient? _client;

    public static string ConnectionString { get; } = Environment.GetEnvironmentVariable("ConnectionStrings__Memcached")
        ?? throw new InvalidOperationException("ConnectionStrings__Memcached is not set: these tests need a Memcached.");

    public MemcachedClient Client => _client ?? throw new InvalidOperationException();

    public string FreshKey() => $"{_prefix}{Interlocked.Increment(ref _keys)}";

    public async ValueTask InitializeAsync() => _client = await ConnectAsync(ConnectionString);

    public static async Task<MemcachedClient> ConnectAsync(string connectionString, Action<MemcachedOptions>? configure = null)
    {
        var options = MemcachedOptions.Parse(connectionString);
        (options.Timeout, options.StallTimeout) = (Timeout, Timeout);
        configure?.Invoke(options);
        var client = new MemcachedClient(options);
        await WaitUntilAliveAsync(client);
        return client;
    }

    public static Task WaitUntilAliveAsync(MemcachedClient client) => Poll.Until(
        "Memcached answers", async () => await client.IsAliveAsync(TestContext.Current.CancellationToken), Timeout);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(CacheRead read) => Encoding.UTF8.GetString(read.Value.Span);

    /// <summary>Retries an attempt until it throws no <see cref="MemcachedException"/>.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> attempt)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(Timeout);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (MemcachedException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), timeout.Token);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }
    }
}
