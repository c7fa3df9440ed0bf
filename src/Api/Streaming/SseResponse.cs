using Microsoft.AspNetCore.Connections.Features;

namespace TreasureHunt.Api.Streaming;

/// <summary>
/// The response of a stream. It ends when the client disconnects or is too slow, when its token ends, or when the host stops.
/// </summary>
/// <param name="permit">Released when the stream ends.</param>
/// <param name="caller">The player whose claims are sent; null for none.</param>
public sealed class SseResponse(
    string huntId, HuntBroadcaster hunt, HuntBroadcasters hunts, IDisposable permit, ResumeToken token,
    StreamCaller? caller, FollowedPlayers players, TimeProvider timeProvider, IHostApplicationLifetime lifetime) : IResult
{
    public const string ContentType = SseEvents.ContentType;

    /// <summary>
    /// The socket's send buffer. The default is megabytes, and a client that reads nothing would only be noticed when they are full.
    /// </summary>
    private const int SendBufferBytes = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var claims = caller is null ? null : players.Follow(caller.PlayerId);
        var subscriber = new SseSubscriber(httpContext.Response.BodyWriter, timeProvider, claims, caller?.Until);
        try
        {
            if (httpContext.Features.Get<IConnectionSocketFeature>() is { } connection)
            {
                connection.Socket.SendBufferSize = SendBufferBytes;
            }

            httpContext.Response.ContentType = ContentType;
            httpContext.Response.Headers.CacheControl = "no-cache, no-transform";
            await httpContext.Response.StartAsync();
            await StreamAsync(subscriber, claims, httpContext.RequestAborted);
        }
        finally
        {
            permit.Dispose();
            if (claims is not null)
            {
                players.Unfollow(claims);
            }
        }

        if (subscriber.HasUnsentBytes)
        {
            // Otherwise the server would wait until the client reads these bytes.
            httpContext.Abort();
        }
    }

    private async Task StreamAsync(SseSubscriber subscriber, StreamedClaims? claims, CancellationToken aborted)
    {
        await using var onAbort = aborted.UnsafeRegister(static state => ((SseSubscriber)state!).Close(), subscriber);
        await using var onStop = lifetime.ApplicationStopping.UnsafeRegister(
            static state => ((SseSubscriber)state!).Close(), subscriber);
        var broadcaster = hunt;
        try
        {
            while (!subscriber.Closed.IsCompleted && !broadcaster.TrySubscribe(subscriber, SseEvents.RandomRetry(), token))
            {
                // The broadcaster ended after it was found, because it was idle. The next one is new.
                if (await hunts.GetOrLoadAsync(huntId) is not { } next)
                {
                    return;
                }

                broadcaster = next;
            }

            if (claims is not null)
            {
                claims.AddListener(broadcaster.NotifyChanged);
                // Another stream of the player may have read them already.
                broadcaster.NotifyChanged();
            }

            await subscriber.Closed;
        }
        finally
        {
            claims?.RemoveListener(broadcaster.NotifyChanged);
            broadcaster.Unsubscribe(subscriber);
        }
    }
}
