using System.Text;
using TreasureHunt.Platform.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A client that is connected to a scripted server. Time stands still unless the spec moves it.</summary>
internal sealed class MemcachedScenario : IAsyncDisposable
{
    public static readonly TimeSpan Ttl = TimeSpan.FromMinutes(1);

    private MemcachedScenario(FakeServer server, MemcachedClient client, ManualTime time, Wire wire) =>
        (Server, Client, Time, Wire) = (server, client, time, wire);

    public FakeServer Server { get; }

    public MemcachedClient Client { get; }

    public ManualTime Time { get; }

    public Wire Wire { get; private set; }

    public static async Task<MemcachedScenario> OpenAsync(Action<MemcachedOptions>? configure = null)
    {
        var (server, time) = (new FakeServer(), new ManualTime());
        var options = MemcachedOptions.Parse(server.Name);
        options.ConnectTimeout = TimeSpan.FromMinutes(1); // Out of the way of specs that let time pass.
        configure?.Invoke(options);
        var client = new MemcachedClient(options, time);
        var wire = await server.AcceptAsync();
        await client.WaitUntilConnectedAsync(TestContext.Current.CancellationToken).WaitAsync(Wire.Patience);
        return new MemcachedScenario(server, client, time, wire);
    }

    public Task<CacheRead> GetAsync(string key) => GetCancellableAsync(key, TestContext.Current.CancellationToken);

    public Task<CacheRead> GetCancellableAsync(string key, CancellationToken cancellationToken) =>
        Client.GetAsync(key, cancellationToken).AsTask().WaitAsync(Wire.Patience, CancellationToken.None);

    public Task SetAsync(string key, string value) =>
        Client.SetAsync(key, Bytes(value), Ttl, TestContext.Current.CancellationToken).AsTask().WaitAsync(Wire.Patience);

    /// <summary>Lets the pause before the next attempt pass, as often as it takes, and accepts the connection.</summary>
    public async Task ReconnectAsync()
    {
        Wire.Dispose();
        Wire = await Time.AdvanceUntilAsync(Server.AcceptAsync());
        await Client.WaitUntilConnectedAsync(TestContext.Current.CancellationToken).WaitAsync(Wire.Patience);
    }

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    public static string Text(CacheRead read) => Encoding.ASCII.GetString(read.Value.Span);

    public static async Task<MemcachedFailure> FailureOf(Task task) =>
        (await Assert.ThrowsAsync<MemcachedException>(() => task)).Failure;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Wire.Dispose();
        Server.Dispose();
    }
}
