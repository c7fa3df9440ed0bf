using Microsoft.Extensions.Configuration;

namespace TreasureHunt.Platform.Telemetry;

/// <summary>Settings of OpenTelemetry that the hosts look at themselves; its own exporter reads the others.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Where traces go, such as <c>http://127.0.0.1:4318</c>. Without it, the default, none are made.</summary>
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public Uri? OtlpEndpoint { get; set; }
}
