using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.EventFeed;

/// <summary><c>GET /admin/events</c>: the events as NDJSON, streamed as fast as the caller reads them.</summary>
public static class EventFeedEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void MapEventFeed(this IEndpointRouteBuilder admin) => admin.MapGet("/events", StreamEventsAsync);

    /// <param name="types">Event names, separated by commas; all when it is left out.</param>
    private static async Task<IResult> StreamEventsAsync(
        HttpContext http, EventReader eventFeed, CancellationToken cancellationToken, long after = 0, string? huntId = null,
        string? types = null)
    {
        if (after < 0)
        {
            return AdminProblems.InvalidParameter(nameof(after), "A sequence is 0 or more.");
        }

        if (huntId is not null && AdminProblems.ValidateId(nameof(huntId), huntId) is { } problem)
        {
            return problem;
        }

        var names = types?.Split(',', StringSplitOptions.TrimEntries);
        if (names?.Except(EventNames.All.Values).FirstOrDefault() is { } unknown)
        {
            return AdminProblems.InvalidParameter(
                nameof(types),
                $"'{unknown}' is not an event name. The names are "
                    + $"{string.Join(", ", EventNames.All.Values.Order(StringComparer.Ordinal))}.");
        }

        http.Response.ContentType = "application/x-ndjson";
        if (HeadRequests.IsHead(http))
        {
            return Results.Empty;
        }

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var lineEnd = "\n"u8.ToArray();
        await foreach (var line in eventFeed.ReadFeedAsync(after, huntId, names, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, SecretFilter.RemoveSecrets(line), Json, cancellationToken);
            await http.Response.Body.WriteAsync(lineEnd, cancellationToken);
        }

        return Results.Empty;
    }
}
