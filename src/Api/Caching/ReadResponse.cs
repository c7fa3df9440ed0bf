using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace TreasureHunt.Api.Caching;

/// <summary>Which caches may store a response.</summary>
public enum ResponseAudience
{
    /// <summary>
    /// All caches: a cache in front of the Api serves it for a second, and for a minute while the Api is down.
    /// </summary>
    Public,

    /// <summary>The caller's own cache, which revalidates it on each use.</summary>
    Caller,

    /// <summary>
    /// No cache: the response has unpublished data for an administrator. It has no ETag, which could be equal to a public one.
    /// </summary>
    Administrator,
}

/// <summary>The response of a read: the body, its position in the event store, its age and its ETag.</summary>
/// <param name="body">Called only when the response is not a 304.</param>
/// <param name="tag">Everything that the response depends on besides the sequence, such as a status that changes with time.</param>
public sealed class ReadResponse<T>(
    Func<T> body, long sequence, DateTimeOffset takenAt, string tag = "", ResponseAudience audience = ResponseAudience.Public) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var etag = ETag.Of(sequence, tag);
        var match = audience == ResponseAudience.Administrator ? null : ETag.Match(httpContext.Request.Headers.IfNoneMatch, etag, sequence);
        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        var response = httpContext.Response;
        response.Headers["Hunt-Sequence"] = Math.Max(sequence, ETag.SequenceOf(match)).ToString(CultureInfo.InvariantCulture);
        response.Headers["Hunt-Age-Ms"] = Math.Max(0, (long)(time.GetUtcNow() - takenAt).TotalMilliseconds).ToString(
            CultureInfo.InvariantCulture);
        response.Headers.ETag = audience == ResponseAudience.Administrator ? default : match ?? etag;
        response.Headers.CacheControl = audience switch
        {
            ResponseAudience.Public => "public, max-age=0, s-maxage=1, stale-if-error=60",
            ResponseAudience.Caller => "private, no-cache",
            _ => "private, no-store",
        };
        // An administrator gets another response for the same URL.
        response.Headers.Vary = "Authorization";

        if (match is not null)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body(), json);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }
}
