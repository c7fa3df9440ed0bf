using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>Clients of a hunt's event stream during the peak load, all on one Api where its address is known.</summary>
/// <param name="api">An Api's own address, or the site's.</param>
public sealed partial class SseLoad(Uri api, string huntId, int treasures, int size, TimeProvider timeProvider) : IDisposable
{
    private const int MaxConcurrentConnects = 32;
    private static readonly TimeSpan StateTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    });

    private readonly List<SseClient> _clients = [];
    private Task _running = Task.CompletedTask;

    public int Size => size;

    /// <summary>Clients with the final state of every treasure; null until <see cref="WaitForFinalStateAsync"/> has ended.</summary>
    public int? OnFinalState { get; private set; }

    /// <summary>How often a client's connection was lost or refused.</summary>
    public int Disconnects => _clients.Sum(client => client.Disconnects);

    /// <summary>
    /// The growth of the Api's working set while the clients connected, per client, in bytes; null where the Api does not report it. It
    /// includes the Api's share of each connection and garbage that is not collected yet, but not the memory of the kernel.
    /// </summary>
    public long? BytesPerClient { get; private set; }

    public void Dispose()
    {
        _stop.Dispose();
        _http.Dispose();
    }

    /// <summary>Connects the clients, a few at a time, and waits until each has the whole state.</summary>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var before = await WorkingSetAsync(cancellationToken);
        var stream = new Uri(api, $"/v1/hunts/{huntId}/stream");
        _clients.AddRange(Enumerable.Range(0, size).Select(_ => new SseClient(_http, stream, treasures, timeProvider)));
        var running = new Task[size];
        await Parallel.ForAsync(
            0, size, new ParallelOptions { MaxDegreeOfParallelism = MaxConcurrentConnects, CancellationToken = cancellationToken },
            async (n, stop) =>
        {
            running[n] = _clients[n].RunAsync(_stop.Token);
            try
            {
                await _clients[n].Ready.WaitAsync(StateTimeout, timeProvider, stop);
            }
            catch (TimeoutException)
            {
                throw new LoadException($"A client of {stream} has not received the hunt within {StateTimeout.TotalSeconds:0} s.");
            }
        });
        _running = Task.WhenAll(running);
        var after = await WorkingSetAsync(cancellationToken);
        BytesPerClient = before is { } less && after is { } more ? (more - less) / size : null;
    }

    /// <summary>Waits until every client has the state of the read model, or the timeout passes; then disconnects them.</summary>
    public async Task WaitForFinalStateAsync(AdminApiClient adminClient, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        do
        {
            await Task.Delay(PollInterval, timeProvider, cancellationToken);
            var hunt = await adminClient.TryGetAsync<HuntSummary>($"/v1/hunts/{huntId}", cancellationToken);
            var left = hunt?.Treasures.OrderBy(treasure => NumberOf(treasure.TreasureId)).Select(treasure => treasure.Remaining).ToArray()
                ?? [];
            OnFinalState = _clients.Count(client => client.HasState(left));
        }
        while (OnFinalState < size && timeProvider.GetElapsedTime(started) < StateTimeout);
        await _stop.CancelAsync();
        await _running;
    }

    private static int NumberOf(string treasureId) =>
        int.Parse(treasureId.AsSpan(treasureId.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    private async Task<long?> WorkingSetAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, "/metrics"));
        using var response = await _http.SendAsync(request, cancellationToken);
        var match = WorkingSet().Match(await response.Content.ReadAsStringAsync(cancellationToken));
        return match.Success ? (long)double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex(@"(?m)^dotnet_process_memory_working_set(?:_bytes)?(?:\{[^}]*\})? (\S+)")]
    private static partial Regex WorkingSet();
}
