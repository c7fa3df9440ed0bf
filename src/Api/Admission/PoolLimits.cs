using System.Diagnostics.Metrics;
using System.Globalization;
using TreasureHunt.Api.Http;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Measures the requests of the proxy's pools and tells the proxy the limit of each pool, in a header that the proxy removes
/// (deploy/haproxy/haproxy.cfg). The proxy refuses more requests itself, which costs this process nothing.
/// </summary>
public sealed class PoolLimits
{
    /// <summary>The value of the header without a limit.</summary>
    private const int Unlimited = 1_000_000;

    /// <summary>The header with the limit of the pool of the request.</summary>
    public const string HeaderName = "Hunt-Limit";

    /// <summary>The proxy learns a limit this often. A header in each response would cost both more than the measuring.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMilliseconds(20);

    private readonly TimeProvider _timeProvider;
    private readonly long _start;
    private readonly Dictionary<string, Pool> _pools;

    public PoolLimits(WaitingClaimLimit waiting, TimeProvider timeProvider)
    {
        (_timeProvider, _start) = (timeProvider, timeProvider.GetTimestamp());
        _pools = new()
        {
            // While nothing is decided, WaitingClaimLimit keeps the number of those who wait low, and all others are answered at once.
            [EdgePool.WaitingClaims] = new(TimeSpan.FromMilliseconds(200), 600, () => waiting.HaveOutcomesStalled),
            [EdgePool.Claims] = new(TimeSpan.FromMilliseconds(200), 600, () => false),
            [EdgePool.Reads] = new(TimeSpan.FromMilliseconds(50), 250, () => false),
        };
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_admission_limit",
            () => _pools.Select(pool => new Measurement<int>(pool.Value.Current, new KeyValuePair<string, object?>("pool", pool.Key))),
            description: "Requests of a pool that the proxy lets this Api have in progress");
    }

    /// <summary>Measures a request, and reports the limit of its pool with the response.</summary>
    public Task MeasureAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.TryGetValue(EdgePool.HeaderName, out var name) && _pools.TryGetValue(name.ToString(), out var pool)
            ? MeasureAsync(pool, http, next)
            : next(http);

    private async Task MeasureAsync(Pool pool, HttpContext http, RequestDelegate next)
    {
        var begin = Now;
        pool.Limit.Begin(begin);
        if (pool.IsReportDue(begin))
        {
            http.Response.OnStarting(
                static state =>
                {
                    var (http, pool) = ((HttpContext, Pool))state;
                    http.Response.Headers[HeaderName] = pool.Current.ToString(CultureInfo.InvariantCulture);
                    return Task.CompletedTask;
                },
                (http, pool));
        }

        try
        {
            await next(http);
        }
        finally
        {
            var end = Now;
            pool.Limit.End(end, end - begin);
        }
    }

    private TimeSpan Now => _timeProvider.GetElapsedTime(_start);

    private sealed class Pool(TimeSpan wait, int min, Func<bool> isUnlimited)
    {
        private long _reported = TimeSpan.MinValue.Ticks;

        public OverloadLimit Limit { get; } = new(wait, min);

        public int Current => isUnlimited() ? Unlimited : Limit.Current;

        public bool IsReportDue(TimeSpan now)
        {
            var reported = Volatile.Read(ref _reported);
            return now.Ticks - ReportInterval.Ticks >= reported
                && Interlocked.CompareExchange(ref _reported, now.Ticks, reported) == reported;
        }
    }
}
