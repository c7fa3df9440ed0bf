using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TreasureHunt.Integration.Harness;

/// <summary>An OTLP endpoint that stores the exported spans of the host processes.</summary>
public sealed class TraceCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<byte[]> _exports = new();
    private WebApplication? _app;

    /// <summary>Starts the endpoint. Returns the settings of a process that exports to it the spans with a sampled parent.</summary>
    public async Task<(string Name, string Value)[]> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v1/traces", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _exports.Enqueue(body.ToArray());
            http.Response.ContentType = "application/x-protobuf";
        });
        await _app.StartAsync();
        return
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", _app.Urls.Single()),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_TRACES_SAMPLER", "parentbased_always_off"),
            ("OTEL_BSP_SCHEDULE_DELAY", "200"),
        ];
    }

    /// <summary>
    /// Whether a service exported a span of this trace. Each export comes from one process, and a span begins with its trace id.
    /// </summary>
    public bool HasSpan(string service, byte[] traceId) => _exports.Any(export =>
        export.AsSpan().IndexOf(Encoding.UTF8.GetBytes(service)) >= 0 && export.AsSpan().IndexOf((byte[])[0x0A, 0x10, .. traceId]) >= 0);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
