using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform.Memcached;

internal static partial class MemcachedLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Connected to memcached at {Server}")]
    public static partial void Connected(ILogger log, string server);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the connection to memcached at {Server}: {Why}")]
    public static partial void Disconnected(ILogger log, Exception exception, string server, string why);

    [LoggerMessage(Message = "No connection to memcached at {Server}: {Why}. Next attempt in {DelayMs} ms")]
    public static partial void NotConnected(ILogger log, LogLevel level, string server, double delayMs, string why);
}
