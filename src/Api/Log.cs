namespace TreasureHunt.Api;

/// <summary>The log entries of the Api.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "The service level is {Level}")]
    public static partial void ServiceLevelChanged(this ILogger logger, string level);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Visitors are enabled (Visitors__Enabled): every caller of /v1/visitors gets a player's token, "
            + "and each limit of a player is a limit of a token")]
    public static partial void VisitorsEnabled(this ILogger logger);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The broker did not confirm claim {ClaimId}; it is sent again if the failure is temporary. Trace {TraceId}")]
    public static partial void ClaimNotConfirmed(this ILogger logger, Exception exception, Guid claimId, string? traceId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Refused with {Status}: {Method} {Route} from {Address}, subject {Subject}, token {TokenId}; "
            + "{Omitted} such lines were omitted before")]
    public static partial void RequestRefused(
        this ILogger logger, int status, string method, string? route, string? address, string? subject, string? tokenId, long omitted);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A {Operation} failed unexpectedly; the response is \"outcome unknown\". Trace {TraceId}")]
    public static partial void OperationFailed(this ILogger logger, Exception exception, string operation, string? traceId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The command {Command} {CommandId} got no reply; the response is \"outcome unknown\". Trace {TraceId}")]
    public static partial void CommandUnanswered(
        this ILogger logger, Exception exception, string command, Guid commandId, string? traceId);
}
