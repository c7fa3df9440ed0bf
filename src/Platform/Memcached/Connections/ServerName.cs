using System.Globalization;
using System.Net;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>The name of a server in the configuration: <c>host:port</c>, <c>[ipv6]:port</c> or <c>host</c>.</summary>
internal static class ServerName
{
    private const int DefaultPort = 11211;

    /// <exception cref="ArgumentException">The name has another form.</exception>
    public static EndPoint Parse(string name)
    {
        var colon = name.LastIndexOf(':');
        var hasPort = colon >= 0 && colon > name.LastIndexOf(']');
        var host = hasPort ? name[..colon] : name;
        var port = DefaultPort;
        if (hasPort && !int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port))
        {
            port = 0;
        }

        host = host.StartsWith('[') && host.EndsWith(']') ? host[1..^1] : host.Contains(':') ? "" : host;
        if (port is < 1 or > 65535 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            throw new ArgumentException($"'{name}' is not a memcached server. Its form is host:port.", nameof(name));
        }

        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(host, port);
    }
}
