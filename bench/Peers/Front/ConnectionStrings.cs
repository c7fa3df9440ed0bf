using Microsoft.Extensions.Configuration;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Peers.Front;

/// <summary>Reads connection strings that a peer cannot start without.</summary>
public static class ConnectionStrings
{
    /// <param name="server">The server, for the error message.</param>
    /// <exception cref="SettingException">The connection string is not set.</exception>
    public static string Required(this IConfiguration configuration, string name, string server) =>
        configuration.GetConnectionString(name) is { Length: > 0 } value
            ? value
            : throw new SettingException($"ConnectionStrings__{name} is not set: it names {server}.");
}
