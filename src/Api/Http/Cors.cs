using Microsoft.Net.Http.Headers;
using TreasureHunt.Api.Idempotency;

namespace TreasureHunt.Api.Http;

/// <summary>
/// Allows pages of configured origins to call the Api (Fetch standard, CORS protocol). Scripts send tokens; there are no cookies.
/// </summary>
public static class Cors
{
    private static readonly TimeSpan PreflightTtl = TimeSpan.FromHours(1);

    public static void AddCrossOrigin(this IServiceCollection services, CorsOptions options) =>
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(options.Origins)
            .WithMethods("GET", "HEAD", "POST")
            .WithHeaders(
                "Authorization", "Content-Type", IdempotencyKey.HeaderName, "If-None-Match", RequestHeader.LastEventId.Name,
                RequestHeader.Wait.Name)
            .WithExposedHeaders(
                "ETag", "Hunt-Age-Ms", "Hunt-Sequence", "Hunt-Status", "Idempotency-Replayed", "Location", "Preference-Applied",
                "RateLimit", "RateLimit-Policy", "Retry-After")
            .SetPreflightMaxAge(PreflightTtl)));

    /// <summary>Call it before every route: the responses of all of them vary.</summary>
    public static void UseVaryByOrigin(this WebApplication app)
    {
        if (HasOrigins(app))
        {
            app.Use((http, next) =>
            {
                http.Response.OnStarting(static response => VaryByOriginAsync((HttpResponse)response), http.Response);
                return next(http);
            });
        }
    }

    /// <summary>Call it after routing and before authentication: a preflight request has no token.</summary>
    public static void UseCrossOrigin(this WebApplication app)
    {
        if (HasOrigins(app))
        {
            app.UseCors();
        }
    }

    private static bool HasOrigins(WebApplication app) => app.Services.GetRequiredService<CorsOptions>().Origins.Length > 0;

    // Otherwise a shared cache could serve a page the response to a caller without an origin, which does not allow the page to read it.
    // It runs last: the response has its own Vary header by then, and with several origins UseCors has added Origin already.
    private static Task VaryByOriginAsync(HttpResponse response)
    {
        if (!response.Headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }

        return Task.CompletedTask;
    }
}
