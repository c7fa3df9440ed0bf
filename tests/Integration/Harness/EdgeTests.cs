using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Tests of the edge proxy alone, in front of two fake hosts.</summary>
public abstract class EdgeTests : IAsyncLifetime
{
    /// <summary>The path of a claim.</summary>
    protected const string Claims = "/v1/treasures/goose/claims";

    private readonly List<IDisposable> _proxies = [];

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Poll.Timeout };

    /// <summary>The fake of the first Api and of the first Commands host.</summary>
    protected PoolRecorder First { get; private set; } = null!;

    /// <summary>The fake of the second Api, of the second Commands host and of Projections.</summary>
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

    /// <inheritdoc cref="Proxy.Start"/>
    protected async Task<Proxy> StartProxy(params (string Name, string Value)[] settings)
    {
        var proxy = await Proxy.Start(Http, First.Url, Second.Url, settings);
        _proxies.Add(proxy);
        return proxy;
    }

    /// <summary>Waits for a condition while none of the requests may get a response.</summary>
    protected static Task WaitForRequests(
        string description, IEnumerable<Task<ApiResponse>> requests, Func<bool> isReached) =>
        Poll.Until(description, () =>
        {
            Assert.Empty(requests.Where(request => request.IsCompletedSuccessfully).Select(request => request.Result));
            return isReached();
        });

    /// <summary>Returns the number of unanswered requests of a pool.</summary>
    protected int Held(string pool) => First.Held(pool) + Second.Held(pool);

    protected void Hold(params string[] pools)
    {
        First.Hold(pools);
        Second.Hold(pools);
    }
}
