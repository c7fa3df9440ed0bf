using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform;

/// <summary>The log messages of this project.</summary>
internal static partial class PlatformLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Audience} cannot be loaded; the last keys stay in force: {Reason}")]
    public static partial void KeysNotLoaded(this ILogger logger, string audience, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Audience} has {Count} keys")]
    public static partial void KeysLoaded(this ILogger logger, string audience, int count);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A message of {Queue} cannot be processed; it goes to the dead-letter queue. Trace {TraceId}")]
    public static partial void DeadLetterMoved(this ILogger logger, Exception exception, string queue, string? traceId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to memcached at {Server}")]
    public static partial void MemcachedConnected(this ILogger logger, string server);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection to memcached at {Server}: {Reason}")]
    public static partial void MemcachedDisconnected(this ILogger logger, Exception exception, string server, string reason);

    [LoggerMessage(Message = "No connection to memcached at {Server}: {Reason}. Next attempt in {DelayMs} ms")]
    public static partial void MemcachedNotConnected(this ILogger logger, LogLevel level, string server, double delayMs, string reason);
}
