using System.Text;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Memcached.Protocol;
using Xunit;

namespace TreasureHunt.Specs.Memcached;

/// <summary>A client that is connected to a scripted server, with a manual clock.</summary>
internal sealed class MemcachedScenario : IAsyncDisposable
{
    public static readonly TimeSpan Ttl = TimeSpan.FromMinutes(1);

    private MemcachedScenario(FakeServer server, MemcachedClient client, ManualTime time, FakeConnection connection) =>
        (Server, Client, Time, Connection) = (server, client, time, connection);

    public FakeServer Server { get; }

    public MemcachedClient Client { get; }

    public ManualTime Time { get; }

    public FakeConnection Connection { get; private set; }

    private ConnectedSignal Connected { get; init; } = null!;

    public static async Task<MemcachedScenario> OpenAsync(Action<MemcachedOptions>? configure = null)
    {
        var (server, time) = (new FakeServer(), new ManualTime());
        var options = MemcachedOptions.Parse(server.Name);
        options.ConnectTimeout = TimeSpan.FromMinutes(1); // Longer than the time that specs advance.
        configure?.Invoke(options);
        var connected = new ConnectedSignal();
        var client = new MemcachedClient(options, time, connected);
        var connection = await server.AcceptAsync();
        await connected.WaitAsync();
        return new MemcachedScenario(server, client, time, connection) { Connected = connected };
    }

    public Task<CacheRead> GetAsync(string key) => GetCancellableAsync(key, TestContext.Current.CancellationToken);

    public Task<CacheRead> GetCancellableAsync(string key, CancellationToken cancellationToken) =>
        Client.GetAsync(key, cancellationToken).AsTask().WaitAsync(FakeConnection.Timeout, CancellationToken.None);

    /// <summary>Writes an absent key, in one request.</summary>
    public async Task AddAsync(string key, string value)
    {
        Client.ValidateValue(Bytes(value));
        var request = new Request(Verb.Add, key, MemcachedClient.ToSeconds(Ttl), Bytes(value));
        await Client.SendAsync(request, TestContext.Current.CancellationToken).AsTask().WaitAsync(FakeConnection.Timeout);
    }

    /// <summary>Advances the time until the client reconnects, and accepts the connection.</summary>
    public async Task ReconnectAsync()
    {
        Connection.Dispose();
        Connection = await Time.AdvanceUntilAsync(Server.AcceptAsync());
        await Connected.WaitAsync();
    }

    public static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);

    public static string Text(CacheRead read) => Encoding.ASCII.GetString(read.Value.Span);

    public static async Task<MemcachedFailure> FailureOf(Task task) =>
        (await Assert.ThrowsAsync<MemcachedException>(() => task)).Failure;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        Connection.Dispose();
        Server.Dispose();
        Connected.Dispose();
    }
}
