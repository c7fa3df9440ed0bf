using Microsoft.AspNetCore.Builder;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Settings that a host cannot start without.</summary>
public static class RequiredSettings
{
    /// <summary>Adds the connection strings of a host.</summary>
    /// <param name="needed">The properties of <see cref="ConnectionOptions"/> that this host cannot start without.</param>
    public static ConnectionOptions AddConnections(this WebApplicationBuilder builder, params string[] needed)
    {
        builder.Services.CollectSettings().Require(ConnectionOptions.Section, needed);
        return builder.Services.AddSettings<ConnectionOptions>(builder.Configuration, ConnectionOptions.Section);
    }
}
