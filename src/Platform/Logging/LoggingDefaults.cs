using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Platform.Logging;

/// <summary>Logging of the hosts: standard output, a line or a JSON object for each entry.</summary>
public static class LoggingDefaults
{
    // A line for each request, or a whole schema, would hide the relevant entries. Other levels can be configured:
    // Logging__LogLevel__Microsoft.AspNetCore=Information
    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:Marten"] = nameof(LogLevel.Warning),
        ["Logging:LogLevel:ZiggyCreatures"] = nameof(LogLevel.Warning),
    };

    public static void AddLogging(this WebApplicationBuilder builder)
    {
        // The first source has the lowest priority.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
        builder.Logging.ClearProviders();
        var options = builder.Services.AddSettings<LoggingOptions>(builder.Configuration, "Logging");
        if (options.Format == LoggingOptions.Json)
        {
            builder.Logging.Configure(
                factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            builder.Logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName)
                .AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        }
    }
}
