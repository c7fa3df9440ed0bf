using Microsoft.AspNetCore.Http.Features;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Http;

/// <summary>The largest body that a route accepts, as metadata of the route.</summary>
/// <param name="MaxBytes">In bytes.</param>
public sealed record BodyLimit(int MaxBytes);

/// <summary>
/// Receives the body of each request to a route with a <see cref="BodyLimit"/> before the route runs. A body that is too large is
/// <c>413 body-too-large</c>, one that takes too long is <c>408 request-timeout</c>.
/// </summary>
/// <remarks>
/// With a smaller limit of its own, Kestrel would close the connection while the client sends. The client would then see a reset connection
/// and not the answer. Within its limit (30 MB by default), Kestrel discards the rest of a refused body for up to five seconds before it
/// closes.
/// </remarks>
public static class BodyLimits
{
    /// <summary>How long a body may take. A slower one would hold a concurrency slot of the edge proxy.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static void UseBodyLimits(this WebApplication app)
    {
        var timeProvider = app.Services.GetRequiredService<TimeProvider>();
        app.Use(async (http, next) =>
        {
            if (http.GetEndpoint()?.Metadata.GetMetadata<BodyLimit>() is { } limit
                && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true }
                && await ReceiveAsync(http, limit.MaxBytes, timeProvider) is { } refusal)
            {
                // The rest of the body is discarded for a limited time only, so no other request can follow on this connection.
                http.Response.Headers.Connection = "close";
                await refusal.ExecuteAsync(http);
                return;
            }

            await next(http);
        });
    }

    /// <returns>The refusal; null when the whole body is in the buffer of <see cref="HttpRequest.BodyReader"/>.</returns>
    private static async Task<IResult?> ReceiveAsync(HttpContext http, int maxBytes, TimeProvider timeProvider)
    {
        if (http.Request.ContentLength > maxBytes)
        {
            return TooLarge(maxBytes);
        }

        using var timeout = new CancellationTokenSource(Timeout, timeProvider);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, http.RequestAborted);
        try
        {
            var read = await http.Request.BodyReader.ReadAtLeastAsync(maxBytes + 1, reading.Token);
            // Nothing is consumed: the route reads the same bytes.
            http.Request.BodyReader.AdvanceTo(read.Buffer.Start);
            return read.Buffer.Length > maxBytes ? TooLarge(maxBytes) : null;
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            return ProblemResults.Of(ProblemNames.RequestTimeout);
        }
    }

    private static IResult TooLarge(int maxBytes) =>
        ProblemResults.Of(ProblemNames.BodyTooLarge, $"The body of this request has at most {maxBytes} bytes.");
}
