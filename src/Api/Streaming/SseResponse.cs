using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;

namespace TreasureHunt.Api.Streaming;

/// <summary>The answer that does not end: it lasts until its client goes, is too slow, or the host stops.</summary>
public sealed class SseResponse(
    string huntId, HuntBroadcaster hunt, HuntBroadcasters hunts, ResumeToken point, TimeProvider timeProvider,
    IHostApplicationLifetime lifetime) : IResult
{
    public const string ContentType = "text/event-stream";

    /// <summary>
    /// What the system may hold back for a client, in bytes. By itself it would take megabytes for one that does not read, and
    /// only then would its slowness show here.
    /// </summary>
    private const int SendBuffer = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var watcher = new SseSubscriber(httpContext.Response.BodyWriter, timeProvider);
        try
        {
            if (httpContext.Features.Get<IConnectionSocketFeature>() is { } connection)
            {
                connection.Socket.SendBufferSize = SendBuffer;
            }

            httpContext.Response.ContentType = ContentType;
            httpContext.Response.Headers.CacheControl = "no-cache, no-transform";
            await httpContext.Response.StartAsync();
            await WatchAsync(watcher, httpContext.RequestAborted);
        }
        finally
        {
            hunts.Exit(watcher.Dropped);
        }

        if (watcher.Owes)
        {
            // Or the server would wait for what the client does not take.
            httpContext.Abort();
        }
    }

    private async Task WatchAsync(SseSubscriber watcher, CancellationToken aborted)
    {
        await using var gone = aborted.UnsafeRegister(static state => ((SseSubscriber)state!).Leave(), watcher);
        await using var stops = lifetime.ApplicationStopping.UnsafeRegister(static state => ((SseSubscriber)state!).Leave(), watcher);
        var watched = hunt;
        try
        {
            while (!watcher.Left.IsCompleted && !watched.TryJoin(watcher, Retry(), point))
            {
                // It was given up between being found and being joined: the next one is a fresh one.
                if (await hunts.FindAsync(huntId) is not { } next)
                {
                    return;
                }

                watched = next;
            }

            await watcher.Left;
        }
        finally
        {
            watched.Leave(watcher);
        }
    }

    // Whoever loses the connection with a host comes back at a moment of its own.
    private static byte[] Retry() =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"retry: {RandomNumberGenerator.GetInt32(1_000, 5_000)}\n\n"));
}
