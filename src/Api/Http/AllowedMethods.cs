namespace TreasureHunt.Api.Http;

/// <summary>Says which methods a route takes: as the answer to OPTIONS, and with every 405 (RFC 9110, sections 9.3.7 and 15.5.6).</summary>
public static class AllowedMethods
{
    /// <summary>It comes after routing.</summary>
    public static void UseAllowedMethods(this IApplicationBuilder app) =>
        // Routing puts an endpoint of another type where no route takes the method.
        app.Use((http, next) => http.GetEndpoint() is null or RouteEndpoint ? next(http) : RefuseAsync(http, next));

    private static async Task RefuseAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response.StatusCode != StatusCodes.Status405MethodNotAllowed || http.Response.HasStarted)
        {
            return;
        }

        var methods = http.Response.Headers.GetCommaSeparatedValues("Allow").ToList();
        http.Response.Headers.Allow = string.Join(
            ", ", [.. methods, .. methods.Contains(HttpMethods.Get) ? [HttpMethods.Head] : Array.Empty<string>(), HttpMethods.Options]);
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }
}
