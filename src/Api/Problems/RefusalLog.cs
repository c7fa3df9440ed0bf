using System.Diagnostics.Metrics;
using System.Globalization;
using System.Threading.RateLimiting;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Problems;

/// <summary>
/// Logs each request that was refused because of its token, its rights or its rate (401, 403, 429), so that an attack can be
/// investigated. It writes at most <see cref="MaxLinesPerSecond"/> lines a second, because many requests must not fill the log. A counter
/// counts all refused requests.
/// </summary>
public sealed class RefusalLog(ILogger<RefusalLog> logger) : IDisposable
{
    /// <summary>Lines a second. The next line has the number of requests that were omitted.</summary>
    public const int MaxLinesPerSecond = 10;

    private static readonly Counter<long> RefusedRequests =
        HuntTelemetry.Meter.CreateCounter<long>(
            "treasurehunt_refused_requests", description: "Requests answered 401, 403 or 429, by status");

    private readonly TokenBucketRateLimiter _lines = new(new()
    {
        TokenLimit = MaxLinesPerSecond,
        TokensPerPeriod = MaxLinesPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
    });
    private long _omitted;

    /// <summary>Counts the response if it is a refusal, and logs it unless too many were logged.</summary>
    public void Record(HttpContext http) => Record(http, http.Response.StatusCode);

    /// <summary>Counts the answers to the claims of one request like responses, each status once.</summary>
    /// <param name="statuses">The different statuses of the answers.</param>
    public void Record(HttpContext http, IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
        {
            Record(http, status);
        }
    }

    private void Record(HttpContext http, int status)
    {
        if (status is not (401 or 403 or 429))
        {
            return;
        }

        RefusedRequests.Add(1, new KeyValuePair<string, object?>("status", status.ToString(CultureInfo.InvariantCulture)));
        using var line = _lines.AttemptAcquire();
        if (!line.IsAcquired)
        {
            Interlocked.Increment(ref _omitted);
            return;
        }

        // The route and not the path, because the caller chooses the path.
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        var actor = http.Actor();
        var tokenId = http.Request.Headers.Authorization.Count > 0 ? actor.TokenId : "none";
        var omitted = Interlocked.Exchange(ref _omitted, 0);
        logger.RequestRefused(status, http.Request.Method, route, actor.Address, actor.Subject ?? "none", tokenId, omitted);
    }

    public void Dispose() => _lines.Dispose();
}

/// <summary>Adds the log of refused requests around the whole pipeline.</summary>
public static class RefusalLogRegistration
{
    public static void UseRefusalLog(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<RefusalLog>();
        app.Use(async (http, next) =>
        {
            await next(http);
            log.Record(http);
        });
    }
}
