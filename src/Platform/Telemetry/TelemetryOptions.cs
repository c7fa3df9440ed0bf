using Microsoft.Extensions.Configuration;

namespace TreasureHunt.Platform.Telemetry;

/// <summary>Settings of OpenTelemetry that the hosts read themselves; its exporter reads the others.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Address for traces, such as <c>http://127.0.0.1:4318</c>. By default it is not set, and tracing is off.</summary>
    [ConfigurationKeyName("OTEL_EXPORTER_OTLP_ENDPOINT")]
    public Uri? OtlpEndpoint { get; set; }
}
