using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>Sends raw requests from several addresses, one for each connection, and counts the answers.</summary>
/// <param name="nextRequest">The next request of a caller. Each caller runs on one thread at a time.</param>
internal sealed class HostileCallers(Func<int, byte[]> nextRequest, int callers, double requestsPerSecond)
{
    /// <summary>Number of source addresses. With one address, its limits would reject most requests.</summary>
    private const int Addresses = 40;

    private const int MaxServerErrors = 5;

    /// <summary>Timeout of a request, from its connection to the first line of the answer.</summary>
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentQueue<string> _serverErrors = [];

    /// <summary>Number of requests by the status of their answer; 0 without an answer.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    /// <summary>Requests with an answer. The others may not have reached the site.</summary>
    public long Answered => _statuses.Where(status => status.Key != 0).Sum(status => (long)status.Value);

    /// <summary>The first requests that got a 5xx.</summary>
    public IReadOnlyCollection<string> ServerErrors => _serverErrors;

    /// <summary>Sends until cancellation.</summary>
    public Task Run(CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => Send(caller, end), CancellationToken.None)));

    private async Task Send(int caller, CancellationToken end)
    {
        var source = new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (caller % Addresses))]), 0);
        var site = new IPEndPoint(IPAddress.Parse(ServerAddresses.Site.Host), ServerAddresses.Site.Port);
        var start = Stopwatch.GetTimestamp();
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            // The times are fixed, so that late answers do not lower the rate.
            var early = TimeSpan.FromSeconds(n * callers / requestsPerSecond) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var request = nextRequest(caller);
            var status = await StatusOf(request, source, site);
            _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500 && _serverErrors.Count < MaxServerErrors)
            {
                _serverErrors.Enqueue(
                    $"{status} for {Encoding.Latin1.GetString(request.AsSpan(0, Math.Min(request.Length, 600))).ReplaceLineEndings("⏎")}");
            }
        }
    }

    private static async Task<int> StatusOf(byte[] request, EndPoint source, EndPoint site)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = new CancellationTokenSource(RequestTimeout);
        try
        {
            socket.Bind(source);
            await socket.ConnectAsync(site, timeout.Token);
            await socket.SendAsync(request, timeout.Token);
            var head = new byte[12];
            for (var length = 0; length < head.Length;)
            {
                var read = await socket.ReceiveAsync(head.AsMemory(length), timeout.Token);
                if (read == 0)
                {
                    return 0;
                }

                length += read;
            }

            return Utf8Parser.TryParse(head.AsSpan(9, 3), out int status, out _) ? status : 0;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            return 0;
        }
    }
}
