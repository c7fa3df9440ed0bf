using System.Net.Sockets;
using System.Text;
using TreasureHunt.Platform.Memcached;

namespace TreasureHunt.Integration.Memcached;

/// <summary>Requests that the engine's client does not have.</summary>
public static class MemcachedCommands
{
    /// <summary>Overwrites a key.</summary>
    public static async ValueTask SetAsync(
        this MemcachedClient client, string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
        await client.SetUnlessAsync(key, value, _ => false, timeToLive, cancellationToken);

    /// <summary>Deletes a key of the server at <c>host:port</c>.</summary>
    /// <returns>False when the key was absent.</returns>
    public static async Task<bool> DeleteAsync(string server, string key, CancellationToken cancellationToken)
    {
        var colon = server.LastIndexOf(':');
        using var connection = new TcpClient();
        await connection.ConnectAsync(
            server[..colon], int.Parse(server[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"delete {key}\r\n"), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync(cancellationToken) == "DELETED";
    }
}
