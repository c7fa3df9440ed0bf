using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Http;

/// <summary>
/// Refuses bodies in a content coding such as gzip with 415. The response lists the accepted codings (RFC 9110, section 12.5.3).
/// </summary>
public static class ContentCodings
{
    private const string Identity = "identity";

    public static void UseContentCodings(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var codings = http.Request.Headers.ContentEncoding;
        if (codings.Count == 0 || (codings.Count == 1 && string.Equals(codings[0], Identity, StringComparison.OrdinalIgnoreCase)))
        {
            return next(http);
        }

        http.Response.Headers.AcceptEncoding = Identity;
        return ProblemResults.Of(ProblemNames.UnsupportedMediaType, "The body must have no content coding.").ExecuteAsync(http);
    });
}
