using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Projections.Problems;

namespace TreasureHunt.Projections.EventFeed;

/// <summary><c>GET /admin/events</c>: the log as NDJSON, as fast as the caller reads it.</summary>
public static class FeedEndpoints
{
    private static readonly JsonSerializerOptions Json = new(
        JsonSerializerDefaults.Web)
    { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> WithClues = [EventNames.All[typeof(TreasureHidden)], EventNames.All[typeof(ClueAdded)]];

    public static void MapFeed(this IEndpointRouteBuilder admin) => admin.MapGet("/events", WriteAsync);

    /// <param name="types">Event names, <c>,</c> between; every event when it is left out.</param>
    private static async Task<IResult> WriteAsync(
        HttpContext http, EventFeedReader log, CancellationToken cancellationToken, long after = 0, string? huntId = null,
        string? types = null)
    {
        if (after < 0)
        {
            return AdminProblems.Parameter(nameof(after), "A sequence is 0 or more.");
        }

        if (huntId is not null && AdminProblems.Id(nameof(huntId), huntId) is { } refusal)
        {
            return refusal;
        }

        var wanted = types?.Split(',', StringSplitOptions.TrimEntries);
        if (wanted?.Except(EventNames.All.Values).FirstOrDefault() is { } unknown)
        {
            return AdminProblems.Parameter(
                nameof(types),
                $"There is no event '{unknown}'. There are: {string.Join(", ", EventNames.All.Values.Order(StringComparer.Ordinal))}.");
        }

        http.Response.ContentType = "application/x-ndjson";
        if (HeadRequests.IsHead(http))
        {
            return Results.Empty;
        }

        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var lineEnd = "\n"u8.ToArray();
        await foreach (var line in log.ReadAsync(after, huntId, wanted, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, WithoutSecrets(line), Json, cancellationToken);
            await http.Response.Body.WriteAsync(lineEnd, cancellationToken);
        }

        return Results.Empty;
    }

    // Never told: hashes of proofs and fingerprints of payloads, from which short codes can be guessed, and texts of clues to come.
    internal static EventLine WithoutSecrets(EventLine line)
    {
        if (WithClues.Contains(line.Type))
        {
            // A consumer that fills a gap here is told what the stream told.
            var fact = CluesToCome.WithoutTexts(EventJson.Read(line.Data, EventNames.Types[line.Type]));
            return line with { Data = JsonSerializer.SerializeToElement(fact, fact.GetType(), AnalyticsJson.Options) };
        }

        if (!line.Data.TryGetProperty(AnalyticsJson.Fingerprint, out _))
        {
            return line;
        }

        var data = JsonObject.Create(line.Data)!;
        data.Remove(AnalyticsJson.Fingerprint);
        return line with { Data = JsonSerializer.SerializeToElement(data, Json) };
    }
}
