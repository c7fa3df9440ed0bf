namespace TreasureHunt.Api.Http;

/// <summary>Lists the methods of a route in <c>Allow</c>: for OPTIONS, and with every 405 (RFC 9110, sections 9.3.7, 15.5.6).</summary>
public static class AllowedMethods
{
    /// <summary>Call it after routing.</summary>
    public static void UseAllowedMethods(this IApplicationBuilder app) =>
        // Where no route has the method, routing sets an endpoint of another type.
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
