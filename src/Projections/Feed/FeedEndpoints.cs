using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace TreasureHunt.Projections.Feed;

/// <summary><c>GET /admin/events</c>: the log as NDJSON, as fast as the caller reads it.</summary>
public static class FeedEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapFeed(this IEndpointRouteBuilder admin) => admin.MapGet("/events", Write);

    private static async Task Write(HttpContext http, LogReader log, CancellationToken cancellation, long after = 0, string? huntId = null)
    {
        http.Response.ContentType = "application/x-ndjson";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var lineEnd = "\n"u8.ToArray();
        await foreach (var line in log.Read(after, huntId, cancellation))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, line, Json, cancellation);
            await http.Response.Body.WriteAsync(lineEnd, cancellation);
        }
    }
}
