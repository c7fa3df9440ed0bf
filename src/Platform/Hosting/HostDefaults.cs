using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Logging;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Defaults of the three hosts: logs, telemetry, health, shutdown.</summary>
public static class HostDefaults
{
    /// <summary>Adds the defaults to a host named <c>treasure-hunt-{name}</c>.</summary>
    public static WebApplicationBuilder AddHostDefaults(this WebApplicationBuilder builder, string name)
    {
        builder.ExitOnBrokenSettings();
        builder.AddLogging();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.AddHealthChecks();
        AddTelemetry(builder, $"treasure-hunt-{name}");
        return builder;
    }

    /// <summary>Maps <c>/health/live</c>, <c>/health/ready</c> and <c>/metrics</c>.</summary>
    public static WebApplication MapOperations(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteReportAsync });
        app.MapPrometheusScrapingEndpoint();
        return app;
    }

    private static void AddTelemetry(WebApplicationBuilder builder, string service)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(
                resource => resource.AddService(service, serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}"))
            .WithMetrics(metrics => metrics
                .AddMeter(
                    HuntTelemetry.Name, "MassTransit", "Marten", "Polly", "Npgsql", "Microsoft.AspNetCore.Hosting",
                    "Microsoft.AspNetCore.Server.Kestrel")
                .AddRuntimeInstrumentation()
                .AddPrometheusExporter());

        // Spans cost time for each claim: without a collector, tracing is off.
        if (builder.Services.AddSettings<TelemetryOptions>(builder.Configuration, "").OtlpEndpoint is not null)
        {
            telemetry.WithTracing(traces => traces
                .AddSource(HuntTelemetry.Name, "MassTransit", "Marten", "Npgsql")
                .AddAspNetCoreInstrumentation()
                .AddOtlpExporter());
        }
    }

    private static Task WriteReportAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        var body = new
        {
            status = report.Status.ToString(),
            checks = report.Entries.ToDictionary(
                entry => entry.Key,
                entry => new { status = entry.Value.Status.ToString(), description = entry.Value.Description }),
        };
        return http.Response.WriteAsync(JsonSerializer.Serialize(body));
    }
}
