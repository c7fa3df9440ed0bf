using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace TreasureHunt.Api;

/// <summary>A read's answer: what is known, the log position it is true for, its age and its ETag.</summary>
/// <param name="tag">What the answer depends on besides the sequence, such as a status that changes with time.</param>
public sealed class ReadAnswer<T>(T body, long sequence, DateTimeOffset takenAt, string tag = "") : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        var headers = httpContext.Response.Headers;
        var etag = $"\"{sequence}{(tag.Length > 0 ? "-" : "")}{tag}\"";
        headers["Hunt-Sequence"] = sequence.ToString(CultureInfo.InvariantCulture);
        headers["Hunt-Age-Ms"] = Math.Max(0, (long)(time.GetUtcNow() - takenAt).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        headers.ETag = etag;
        headers.CacheControl = "no-cache";
        if (Matches(httpContext.Request.Headers.IfNoneMatch, etag))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        return Results.Ok(body).ExecuteAsync(httpContext);
    }

    private static bool Matches(Microsoft.Extensions.Primitives.StringValues ifNoneMatch, string etag) =>
        EntityTagHeaderValue.TryParseList(ifNoneMatch!, out var tags) && tags.Any(candidate => candidate.Tag == "*" || candidate.Tag == etag);
}
