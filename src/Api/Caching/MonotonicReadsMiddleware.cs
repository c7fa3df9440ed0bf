namespace TreasureHunt.Api.Caching;

/// <summary>
/// Readers whom another Api answered before. The proxy sends each to the same Api for as long as it can; whoever comes over from
/// one that is gone may have been shown more there than this one remembers, and must not be shown less.
/// </summary>
public static class MonotonicReadsMiddleware
{
    /// <summary>The Api that answered this reader last, as far as the proxy knows.</summary>
    private const string From = "Hunt-Reader-From";

    /// <summary>The proxy's name for this Api.</summary>
    private const string At = "Hunt-Reader-At";

    public static void UseMovedReaders(this WebApplication app)
    {
        var l1 = app.Services.GetRequiredService<LocalViewCache>();
        app.Use((http, next) =>
        {
            var headers = http.Request.Headers;
            if (headers[From] is { Count: > 0 } from && from != headers[At])
            {
                l1.RequireFresherThanNow();
            }

            return next(http);
        });
    }
}
