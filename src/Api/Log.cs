namespace TreasureHunt.Api;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "This Api is {Level}")]
    public static partial void Declared(ILogger log, string level);
}
