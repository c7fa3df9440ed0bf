using System.Net.Sockets;
using System.Text;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Requests as no HTTP client would send them.</summary>
public static class RawHttp
{
    /// <summary>Sends bytes as they are and reads the answer to the end of the connection.</summary>
    public static async Task<string> Send(Uri to, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(to.Host, to.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync().WaitAsync(Until.Timeout);
    }
}
