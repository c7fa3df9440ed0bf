using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TreasureHunt.Platform.Hosting;

/// <summary>HEAD is answered wherever GET is, with the same headers (RFC 9110, section 9.3.2). The server leaves out the body.</summary>
public static class HeadRequests
{
    private static readonly object Mark = new();

    /// <summary>Lets routing and endpoints see GET. It comes before routing.</summary>
    public static void UseHeadRequests(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Items[Mark] = Mark;
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    });

    /// <summary>Whether the caller asked for the headers alone: what would take long for the sake of the body can be left out.</summary>
    public static bool IsHead(HttpContext http) => http.Items.ContainsKey(Mark);
}
