namespace TreasureHunt.Api;

internal static partial class ApiLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "This Api is {Level}")]
    public static partial void Declared(ILogger log, string level);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Visitors are on: anyone gets a player's token at /v1/visitors, and limits of a player are limits of a token (Visitors__Enabled)")]
    public static partial void VisitorsAreOn(ILogger log);
}
