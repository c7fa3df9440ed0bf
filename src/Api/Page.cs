namespace TreasureHunt.Api;

/// <summary>The site's first page: files, and a policy that lets nothing else in.</summary>
public static class Page
{
    public static void UsePage(this WebApplication app)
    {
        app.Use((http, next) =>
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";
            return next(http);
        });
        app.UseDefaultFiles().UseStaticFiles();
    }
}
