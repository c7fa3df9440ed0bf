using Microsoft.Extensions.Configuration;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Settings that a host cannot start without.</summary>
public static class Settings
{
    /// <param name="names">What the setting names, for the sentence about its absence.</param>
    /// <exception cref="SettingException">It is not set.</exception>
    public static string Required(this IConfiguration configuration, string connection, string names) =>
        configuration.GetConnectionString(connection) is { Length: > 0 } value
            ? value
            : throw new SettingException($"ConnectionStrings__{connection} is not set: it names {names}.");
}
