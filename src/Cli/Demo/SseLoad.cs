using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>Clients that watch a hunt's stream while the storm goes over it, all of them on one Api where its address is known.</summary>
/// <param name="api">An Api's own address, or the site's.</param>
public sealed partial class SseLoad(Uri api, string huntId, int treasures, int size, TimeProvider timeProvider) : IDisposable
{
    private const int JoinAtOnce = 32;
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(20),
    });

    private readonly List<SseClient> _watchers = [];
    private Task _listening = Task.CompletedTask;

    public int Size => size;

    /// <summary>Clients that know the final state of every treasure; null until <see cref="SettleAsync"/> has ended.</summary>
    public int? OnFinalState { get; private set; }

    /// <summary>How often a client lost its connection, or got none.</summary>
    public int Lost => _watchers.Sum(watcher => watcher.Lost);

    /// <summary>
    /// By how much the working set of the Api grew while the clients joined, for each of them, in bytes; null where the Api does
    /// not tell. Its part of each connection is in it, and garbage not yet collected; what the kernel holds is not.
    /// </summary>
    public long? BytesPerWatcher { get; private set; }

    public void Dispose()
    {
        _stop.Dispose();
        _http.Dispose();
    }

    /// <summary>Lets everybody join, a few at a time, and waits until each has been told all that there is.</summary>
    public async Task JoinAsync(CancellationToken cancellationToken)
    {
        var before = await WorkingSetAsync(cancellationToken);
        var stream = new Uri(api, $"/v1/hunts/{huntId}/stream");
        _watchers.AddRange(Enumerable.Range(0, size).Select(_ => new SseClient(_http, stream, treasures, timeProvider)));
        var listening = new Task[size];
        await Parallel.ForAsync(
            0, size, new ParallelOptions { MaxDegreeOfParallelism = JoinAtOnce, CancellationToken = cancellationToken }, async (n, stop) =>
        {
            listening[n] = _watchers[n].ListenAsync(_stop.Token);
            try
            {
                await _watchers[n].Told.WaitAsync(SettleTimeout, timeProvider, stop);
            }
            catch (TimeoutException)
            {
                throw new CliException($"A client has not been told the hunt by {stream} within {SettleTimeout.TotalSeconds:0} s.");
            }
        });
        _listening = Task.WhenAll(listening);
        var after = await WorkingSetAsync(cancellationToken);
        BytesPerWatcher = before is { } less && after is { } more ? (more - less) / size : null;
    }

    /// <summary>Waits until every client knows what the read model says, or the deadline passes; then they leave.</summary>
    public async Task SettleAsync(AdminApiClient desk, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        do
        {
            await Task.Delay(PollInterval, timeProvider, cancellationToken);
            var hunt = await desk.TryGetAsync<HuntSummary>($"/v1/hunts/{huntId}", cancellationToken);
            var left = hunt?.Treasures.OrderBy(treasure => NumberOf(treasure.TreasureId)).Select(treasure => treasure.Remaining).ToArray()
                ?? [];
            OnFinalState = _watchers.Count(watcher => watcher.Knows(left));
        }
        while (OnFinalState < size && timeProvider.GetElapsedTime(started) < SettleTimeout);
        await _stop.CancelAsync();
        await _listening;
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
