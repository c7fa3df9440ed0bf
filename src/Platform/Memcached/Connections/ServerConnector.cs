using System.Net;
using System.Net.Sockets;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// Opens sockets to one server. A socket is connected only once the server has answered a ping: a stopped server, or one with too many
/// clients, still accepts connections.
/// </summary>
internal sealed class ServerConnector(EndPoint address, TimeSpan timeout, TimeProvider timeProvider)
{
    /// <exception cref="TimeoutException">The server did not answer in time.</exception>
    /// <exception cref="InvalidDataException">The server answered, but not to the ping.</exception>
    public async Task<Socket> ConnectAsync(CancellationToken stopping)
    {
        using var expired = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expired.Token, stopping);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, either.Token);
            await PingAsync(socket, either.Token);
            return socket;
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is OperationCanceledException && expired.IsCancellationRequested)
            {
                throw new TimeoutException($"The server did not answer within {timeout.TotalMilliseconds} ms.", exception);
            }

            throw;
        }
    }

    private static async Task PingAsync(Socket socket, CancellationToken cancellationToken)
    {
        await socket.SendAsync("mn\r\n"u8.ToArray(), cancellationToken);
        var answer = new byte[64];
        var length = 0;
        while (!answer.AsSpan(0, length).EndsWith("\r\n"u8) && length < answer.Length)
        {
            var received = await socket.ReceiveAsync(answer.AsMemory(length), cancellationToken);
            length = received > 0 ? length + received : throw new EndOfStreamException("The server closed the connection.");
        }

        if (!answer.AsSpan(0, length).SequenceEqual("MN\r\n"u8))
        {
            throw new InvalidDataException(
                "The server does not support the meta protocol (memcached 1.6), or accepts no further connection.");
        }
    }
}
