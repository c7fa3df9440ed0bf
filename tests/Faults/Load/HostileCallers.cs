using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>Sends requests as bytes, one on a connection, from several addresses, and counts what comes back.</summary>
/// <param name="nextRequest">Of a sender; called by one at a time.</param>
internal sealed class HostileCallers(Func<int, byte[]> nextRequest, int senders, double perSecond)
{
    /// <summary>Addresses that they come from, so that a limit for one of them does not turn all away.</summary>
    private const int Addresses = 40;

    private const int Examples = 5;

    /// <summary>An answer that takes longer is not waited for: a hostile caller does not wait either.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<int, int> _statuses = [];
    private readonly ConcurrentQueue<string> _serverErrors = [];

    /// <summary>Requests by the status of their answer; 0 without one.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    /// <summary>What got no answer has perhaps reached nobody.</summary>
    public long Answered => _statuses.Where(status => status.Key != 0).Sum(status => (long)status.Value);

    /// <summary>Requests whose answer was a fault of the server, the first few.</summary>
    public IReadOnlyCollection<string> ServerErrors => _serverErrors;

    /// <summary>Sends until it is told to end.</summary>
    public Task Run(CancellationToken end) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() => Send(sender, end), CancellationToken.None)));

    private async Task Send(int sender, CancellationToken end)
    {
        var source = new IPEndPoint(new IPAddress([127, 0, 1, (byte)(1 + (sender % Addresses))]), 0);
        var site = new IPEndPoint(IPAddress.Parse(ServerAddresses.Site.Host), ServerAddresses.Site.Port);
        var start = Stopwatch.GetTimestamp();
        for (var n = 0; !end.IsCancellationRequested; n++)
        {
            var early = TimeSpan.FromSeconds(n * senders / perSecond) - Stopwatch.GetElapsedTime(start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var request = nextRequest(sender);
            var status = await StatusOf(request, source, site);
            _statuses.AddOrUpdate(status, 1, (_, count) => count + 1);
            if (status >= 500 && _serverErrors.Count < Examples)
            {
                _serverErrors.Enqueue(
                    $"{status} for {Encoding.Latin1.GetString(request.AsSpan(0, Math.Min(request.Length, 600))).ReplaceLineEndings("⏎")}");
            }
        }
    }

    private static async Task<int> StatusOf(byte[] request, EndPoint source, EndPoint site)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var late = new CancellationTokenSource(Patience);
        try
        {
            socket.Bind(source);
            await socket.ConnectAsync(site, late.Token);
            await socket.SendAsync(request, late.Token);
            var head = new byte[12];
            for (var length = 0; length < head.Length;)
            {
                var read = await socket.ReceiveAsync(head.AsMemory(length), late.Token);
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
