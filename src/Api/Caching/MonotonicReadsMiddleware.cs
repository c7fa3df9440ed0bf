namespace TreasureHunt.Api.Caching;

/// <summary>
/// Keeps reads monotonic for readers that another Api served before. The edge proxy sends each reader to the same Api while it can. A
/// reader that comes from another Api may have seen later values there than this one has cached.
/// </summary>
public static class MonotonicReadsMiddleware
{
    /// <summary>The Api that served this reader last, as far as the edge proxy knows.</summary>
    private const string PreviousApiHeader = "Hunt-Reader-From";

    /// <summary>The edge proxy's name for this Api.</summary>
    private const string ThisApiHeader = "Hunt-Reader-At";

    public static void UseMonotonicReads(this WebApplication app)
    {
        var cache = app.Services.GetRequiredService<LocalViewCache>();
        app.Use((http, next) =>
        {
            var headers = http.Request.Headers;
            if (headers[PreviousApiHeader] is { Count: > 0 } previous && previous != headers[ThisApiHeader])
            {
                cache.RequireFresherThanNow();
            }

            return next(http);
        });
    }
}
