using Microsoft.Extensions.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Settings that a host cannot start without.</summary>
public static class Settings
{
    /// <param name="names">What the setting names, for whoever forgot it.</param>
    public static string Required(this IConfiguration configuration, string connection, string names) =>
        configuration.GetConnectionString(connection) is { Length: > 0 } value
            ? value
            : throw new InvalidOperationException($"ConnectionStrings__{connection} is not set: it names {names}.");
}
