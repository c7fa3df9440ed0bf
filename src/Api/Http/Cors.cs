using TreasureHunt.Platform.Configuration;

namespace TreasureHunt.Api;

/// <summary>Lets pages of configured origins call the Api (Fetch standard, CORS protocol). Tokens are sent by scripts; no cookies are used.</summary>
public static class Cors
{
    private static readonly TimeSpan PreflightKept = TimeSpan.FromHours(1);

    public static void AddCrossOrigin(this IServiceCollection services, IConfiguration configuration)
    {
        var options = services.AddSettings<CorsOptions>(configuration, "Cors");
        services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(options.Origins)
            .WithMethods("GET", "HEAD", "POST")
            .WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-None-Match", "Last-Event-ID", "Prefer")
            .WithExposedHeaders("ETag", "Hunt-Age-Ms", "Hunt-Sequence", "Hunt-Status", "Location", "Preference-Applied", "RateLimit", "RateLimit-Policy", "Retry-After")
            .SetPreflightMaxAge(PreflightKept)));
    }

    /// <summary>It comes after routing and before authentication: a preflight request has no token.</summary>
    public static void UseCrossOrigin(this WebApplication app)
    {
        if (app.Services.GetRequiredService<CorsOptions>().Origins.Length > 0)
        {
            app.UseCors();
        }
    }
}
