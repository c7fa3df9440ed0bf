using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Claims;
using TreasureHunt.Api.Http;

namespace TreasureHunt.Integration.Harness;

/// <summary>
/// A fake host behind the proxy. Its responses contain the pool that the proxy chose. It can hold the requests of some pools, as a host
/// does while claims are undecided.
/// </summary>
public sealed class PoolRecorder : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, int> _held = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string[] _holds = [];

    private PoolRecorder(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<PoolRecorder> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var recorder = new PoolRecorder(builder.Build());
        recorder._app.Run(recorder.Answer);
        await recorder._app.StartAsync();
        return recorder;
    }

    /// <summary>The limit that the host reports with its responses; null for none.</summary>
    public int? ReportedLimit { get; set; }

    /// <summary>Requests of these pools get no response until the recorder is disposed.</summary>
    public void Hold(params string[] pools) => _holds = pools;

    /// <summary>Returns the number of unanswered requests of a pool.</summary>
    public int Held(string pool) => _held.GetValueOrDefault(pool);

    private async Task Answer(HttpContext http)
    {
        var pool = http.Request.Headers[EdgePool.HeaderName].ToString();
        if (_holds.Contains(pool))
        {
            _held.AddOrUpdate(pool, 1, (_, count) => count + 1);
            try
            {
                await _released.Task.WaitAsync(http.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                _held.AddOrUpdate(pool, 0, (_, count) => count - 1);
            }
        }

        if (ReportedLimit is { } limit)
        {
            http.Response.Headers[PoolLimits.HeaderName] = limit.ToString(CultureInfo.InvariantCulture);
        }

        var headers = http.Request.Headers;
        await http.Response.WriteAsJsonAsync(new
        {
            pool,
            method = http.Request.Method,
            path = http.Request.Path.Value,
            caller = headers["X-Forwarded-For"].ToString(),
            scheme = headers["X-Forwarded-Proto"].ToString(),
            from = headers["Hunt-Reader-From"].ToString(),
            at = headers["Hunt-Reader-At"].ToString(),
            // The Api's own reading of the header, without the decision of the proxy.
            waits = PreferWaitHeader.Parse(headers["Prefer"]) > TimeSpan.Zero,
        });
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }
}
