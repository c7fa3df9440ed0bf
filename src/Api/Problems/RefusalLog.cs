using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Problems;

/// <summary>
/// Leaves a line for each request that was refused for its token, its rights or its rate (401, 403, 429), so that an attack can be seen
/// afterwards. At most
/// <see cref="LinesPerSecond"/> lines a second, for a flood of requests must not become a flood of lines; a counter has all of them.
/// </summary>
public sealed partial class RefusalLog : IDisposable
{
    /// <summary>Lines a second; the next line says how many requests had none.</summary>
    public const int LinesPerSecond = 10;

    private static readonly Counter<long> Refused =
        HuntTelemetry.Meter.CreateCounter<long>(
            "treasurehunt_refused_requests", description: "Requests answered 401, 403 or 429, by status");

    private readonly ILogger<RefusalLog> _logger;
    private readonly TokenBucketRateLimiter _lines = new(new()
    {
        TokenLimit = LinesPerSecond,
        TokensPerPeriod = LinesPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });
    private long _omitted;

    public RefusalLog(ILogger<RefusalLog> logger) => _logger = logger;

    /// <summary>Counts the answer if it is such a refusal, and writes its line if there is room.</summary>
    public void Note(HttpContext http)
    {
        var status = http.Response.StatusCode;
        if (status is not (401 or 403 or 429))
        {
            return;
        }

        Refused.Add(1, new KeyValuePair<string, object?>("status", status.ToString(CultureInfo.InvariantCulture)));
        using var line = _lines.AttemptAcquire();
        if (!line.IsAcquired)
        {
            Interlocked.Increment(ref _omitted);
            return;
        }

        // The route, not the path: that is the caller's own text.
        var actor = http.Actor();
        var tokenId = http.Request.Headers.Authorization.Count > 0 ? actor.TokenId : "none";
        var omitted = Interlocked.Exchange(ref _omitted, 0);
        Log(status, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, actor.Address, actor.Subject
            ?? "none", tokenId, omitted);
    }

    public void Dispose() => _lines.Dispose();

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Refused with {Status}: {Method} {Route} from {Address}, subject {Subject}, token {TokenId}; {Omitted} such lines were omitted before")]
    private partial void Log(int status, string method, string? route, string? address, string? subject, string? tokenId, long omitted);
}

/// <summary>Puts the log of refusals around the whole pipeline.</summary>
public static class RefusalLogRegistration
{
    public static void UseRefusalLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<RefusalLog>();
        app.Use(async (http, next) =>
        {
            await next(http);
            log.Note(http);
        });
    }
}
