using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>A proxy in front of two recorders, for tests of the proxy alone.</summary>
public abstract class EdgeTests : IAsyncLifetime
{
    private readonly List<IDisposable> _proxies = [];

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Until.Timeout };

    /// <summary>The first Api, and the first Commands host.</summary>
    protected PoolRecorder First { get; private set; } = null!;

    /// <summary>The second Api, the second Commands host, and Projections.</summary>
    protected PoolRecorder Second { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync() => (First, Second) = (await PoolRecorder.Start(), await PoolRecorder.Start());

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        _proxies.ForEach(proxy => proxy.Dispose());
        await First.DisposeAsync();
        await Second.DisposeAsync();
    }

    /// <inheritdoc cref="Harness.Proxy.Start"/>
    protected async Task<Proxy> Proxy(params (string Name, string Value)[] settings)
    {
        var proxy = await Harness.Proxy.Start(Http, First.Url, Second.Url, settings);
        _proxies.Add(proxy);
        return proxy;
    }

    /// <summary>Waits until requests are where they should be. None of them may be answered before.</summary>
    protected static Task UnderWay(string what, IEnumerable<Task<ApiResponse>> requests, Func<bool> areThere) => Until.True(what, () =>
    {
        Assert.Empty(requests.Where(request => request.IsCompletedSuccessfully).Select(request => request.Result));
        return areThere();
    });

    /// <summary>How many requests of a pool are under way at the hosts.</summary>
    protected int Held(string pool) => First.Held(pool) + Second.Held(pool);

    protected void Hold(params string[] pools)
    {
        First.Hold(pools);
        Second.Hold(pools);
    }
}

/// <summary>One proxy with the usual settings, for tests that only ask it.</summary>
public sealed class SharedEdge : EdgeTests
{
    public Proxy Site { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Site = await Proxy();
    }
}
