using System.Net.Sockets;
using System.Text;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Sends requests that an HTTP client would not send.</summary>
public static class RawHttp
{
    /// <summary>Sends raw bytes and reads the response to the end of the connection.</summary>
    public static async Task<string> Send(Uri to, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(Poll.Timeout);
    }
}
