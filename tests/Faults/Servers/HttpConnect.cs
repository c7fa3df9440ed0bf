using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TreasureHunt.Faults.Servers;

/// <summary>The server side of HTTP CONNECT (RFC 9110, section 9.3.6).</summary>
internal static class HttpConnect
{
    /// <summary>Reads the request, which must be an address and a port, and accepts it.</summary>
    /// <returns>The destination that the client asks for.</returns>
    /// <exception cref="SocketException">The connection ended, or the request is longer than 1 KiB.</exception>
    public static async Task<EndPoint> Accept(Socket client)
    {
        var buffer = new byte[1024];
        var length = 0;
        while (buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            var read = length < buffer.Length ? await client.ReceiveAsync(buffer.AsMemory(length)) : 0;
            length += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }

        var words = Encoding.ASCII.GetString(buffer, 0, length).Split(' ');
        await client.SendAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray());
        return IPEndPoint.Parse(words[1]);
    }
}
