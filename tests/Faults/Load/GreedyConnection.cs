using System.Net;
using System.Net.Sockets;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Faults.Load;

/// <summary>One connection of a greedy address. It is opened again a while after it was rejected or closed.</summary>
internal sealed class GreedyConnection(byte[] request, bool isSlowBody, ConnectionCounter counter)
{
    public static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(60);

    /// <summary>An address that no other caller uses.</summary>
    private static readonly IPEndPoint Source = new(IPAddress.Parse("127.0.0.66"), 0);

    private static readonly TimeSpan ByteInterval = TimeSpan.FromSeconds(1);

    /// <summary>Ends at cancellation.</summary>
    public async Task Run(TimeSpan firstDelay, CancellationToken end)
    {
        await Pause(firstDelay, end);
        for (var isFirst = true; !end.IsCancellationRequested; isFirst = false)
        {
            await OpenOnce(isFirst, end);
            await Pause(RetryInterval, end);
        }
    }

    private async Task OpenOnce(bool isFirst, CancellationToken end)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var isOpen = false;
        try
        {
            socket.Bind(Source);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Parse(ServerAddresses.Site.Host), ServerAddresses.Site.Port), end);
            await socket.SendAsync(request, end);
            counter.AddOpen();
            isOpen = true;
            CountFirst(isFirst);
            await (isSlowBody ? SendSlowly(socket, end) : ReadToEnd(socket, end));
        }
        catch (SocketException)
        {
            // The connection was rejected or closed. The fault checks how many stay open.
        }
        catch (OperationCanceledException)
        {
        }

        if (isOpen)
        {
            counter.RemoveOpen();
        }
        else
        {
            CountFirst(isFirst);
        }
    }

    private void CountFirst(bool isFirst)
    {
        if (isFirst)
        {
            counter.AddTried();
        }
    }

    private static async Task Pause(TimeSpan time, CancellationToken end) =>
        await Task.Delay(time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    // Reads, because the server closes a connection whose answer is not read.
    private static async Task ReadToEnd(Socket socket, CancellationToken end)
    {
        var buffer = new byte[256];
        while (await socket.ReceiveAsync(buffer, end) > 0)
        {
        }
    }

    private static async Task SendSlowly(Socket socket, CancellationToken end)
    {
        while (true)
        {
            await socket.SendAsync("{"u8.ToArray(), end);
            await Task.Delay(ByteInterval, end);
        }
    }
}
