using System.Net.Sockets;
using System.Text;

namespace TreasureHunt.Integration.Harness;

/// <summary>Sends repeated headers as separate lines; <see cref="HttpClient"/> joins them into one.</summary>
public static class RawRequest
{
    /// <summary>Posts without a body.</summary>
    /// <returns>The whole response as text, head and body.</returns>
    public static async Task<string> PostLines(this ApiCaller caller, string path, params string[] headers)
    {
        await caller.PrepareRoute(path);
        var url = caller.Engine.Host(caller.Host).Url;
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using var stream = client.GetStream();
        var head = string.Join(
            "\r\n", [
                $"POST {path} HTTP/1.1", $"Host: {url.Authority}", $"Authorization: Bearer {caller.Token}", "Content-Length: 0",
                "Connection: close", .. headers, "", ""]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
