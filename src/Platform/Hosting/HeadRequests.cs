using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Answers HEAD like GET, with the same headers (RFC 9110, section 9.3.2). The server omits the body.</summary>
public static class HeadRequests
{
    private static readonly object ItemKey = new();

    /// <summary>Routing and endpoints see GET. It must come before routing.</summary>
    public static void UseHeadRequests(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[ItemKey] = true;
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    });

    /// <summary>Whether the request is a HEAD request, so that expensive work for the body can be omitted.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(ItemKey);
}
