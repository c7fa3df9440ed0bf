using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace TreasureHunt.Api.Caching;

/// <summary>Who may keep a copy of an answer.</summary>
public enum ResponseAudience
{
    /// <summary>
    /// Everybody: a cache in front of the Api shows it for a second without asking, and for a minute while the Api is away.
    /// </summary>
    Public,

    /// <summary>The caller alone, and it asks each time whether it is still true.</summary>
    Caller,

    /// <summary>
    /// An administrator who sees what is not published yet: no cache stores it, and it has no ETag that could be taken for a public one.
    /// </summary>
    Administrator,
}

/// <summary>A read's answer: what is known, the log position it is true for, its age and its ETag.</summary>
/// <param name="body">Made only when the caller needs it.</param>
/// <param name="tag">What the answer depends on besides the sequence, such as a status that changes with time.</param>
public sealed class ReadResponse<T>(
    Func<T> body, long sequence, DateTimeOffset takenAt, string tag = "", ResponseAudience audience = ResponseAudience.Public) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var etag = ETag.Of(sequence, tag);
        var kept = audience == ResponseAudience.Administrator ? null : ETag.Kept(httpContext.Request.Headers.IfNoneMatch, etag, sequence);
        var time = httpContext.RequestServices.GetRequiredService<TimeProvider>();
        var response = httpContext.Response;
        response.Headers["Hunt-Sequence"] = Math.Max(sequence, ETag.SequenceOf(kept)).ToString(CultureInfo.InvariantCulture);
        response.Headers["Hunt-Age-Ms"] = Math.Max(0, (long)(time.GetUtcNow() - takenAt).TotalMilliseconds).ToString(
            CultureInfo.InvariantCulture);
        response.Headers.ETag = audience == ResponseAudience.Administrator ? default : kept ?? etag;
        response.Headers.CacheControl = audience switch
        {
            ResponseAudience.Public => "public, max-age=0, s-maxage=1, stale-if-error=60",
            ResponseAudience.Caller => "private, no-cache",
            _ => "private, no-store",
        };
        // An administrator gets another answer under the same URL.
        response.Headers.Vary = "Authorization";

        if (kept is not null)
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
