using Microsoft.Extensions.Logging;

namespace TreasureHunt.Platform.Authentication;

internal static partial class AuthenticationLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of {Audience} cannot be loaded; the last ones stay in force: {Why}")]
    public static partial void KeysNotLoaded(ILogger log, string audience, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Audience} has {Count} keys")]
    public static partial void KeysLoaded(ILogger log, string audience, int count);
}
