using Microsoft.Net.Http.Headers;
using TreasureHunt.Api.Idempotency;
using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api.Http;

/// <summary>
/// Lets pages of configured origins call the Api (Fetch standard, CORS protocol). Tokens are sent by scripts; no cookies are used.
/// </summary>
public static class Cors
{
    private static readonly TimeSpan PreflightKept = TimeSpan.FromHours(1);

    public static void AddCrossOrigin(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<CorsOptions>(configuration, "Cors");
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(options.Origins)
            .WithMethods("GET", "HEAD", "POST")
            .WithHeaders(
                "Authorization", "Content-Type", IdempotencyKey.HeaderName, "If-None-Match", RequestHeader.LastEventId.Name,
                RequestHeader.Wait.Name)
            .WithExposedHeaders(
                "ETag", "Hunt-Age-Ms", "Hunt-Sequence", "Hunt-Status", "Idempotency-Replayed", "Location", "Preference-Applied",
                "RateLimit", "RateLimit-Policy", "Retry-After")
            .SetPreflightMaxAge(PreflightKept)));
    }

    /// <summary>It comes after routing and before authentication: a preflight request has no token.</summary>
    public static void UseCrossOrigin(this WebApplication app)
    {
        if (app.Services.GetRequiredService<CorsOptions>().Origins.Length > 0)
        {
            app.Use((http, next) =>
            {
                http.Response.OnStarting(static response => VaryByOriginAsync((HttpResponse)response), http.Response);
                return next(http);
            });
            app.UseCors();
        }
    }

    // A shared cache would give a page a copy that was made for a caller without an origin, and so without leave for the page. It comes
    // last: the answer says what else it varies by, and with several origins UseCors has added this one.
    private static Task VaryByOriginAsync(HttpResponse response)
    {
        if (!response.Headers.GetCommaSeparatedValues(HeaderNames.Vary).Contains(HeaderNames.Origin, StringComparer.OrdinalIgnoreCase))
        {
            response.Headers.Append(HeaderNames.Vary, HeaderNames.Origin);
        }

        return Task.CompletedTask;
    }
}
