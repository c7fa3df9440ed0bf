using TreasureHunt.Contracts;

namespace TreasureHunt.Commands;

/// <summary>The messages that this host logs.</summary>
internal static partial class CommandsLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Attempt {Attempt} was not committed. It is retried until the server is back.")]
    public static partial void CommitDelayed(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(Level = LogLevel.Error, Message = "Attempt {Attempt} failed with an unknown error. It is retried a few times.")]
    public static partial void CommitFailed(this ILogger logger, Exception exception, int attempt);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Claim {ClaimId} of treasure {TreasureId} cannot be decided. It is moved to the dead-letter queue.")]
    public static partial void ClaimIsolated(this ILogger logger, Exception exception, Guid claimId, string treasureId);

    [LoggerMessage(
        Level = LogLevel.Critical,
        Message = "No claim can be decided: the database or this build is at fault. The shard waits and tries again.")]
    public static partial void NoClaimDecidable(this ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "The reply for {Claims} claims was lost. The projection publishes their outcomes.")]
    public static partial void ReplyLost(this ILogger logger, Exception exception, int claims);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Claims} claims of {Queue} cannot be decided. They are moved to the dead-letter queue: {Reason}")]
    public static partial void ClaimsDeadLettered(this ILogger logger, int claims, string queue, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The due clues could not be read. They are read again in a second.")]
    public static partial void DueCluesNotRead(this ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clue {Clue} of the treasure {Treasure} could not be revealed. It is retried, at most every 30 seconds.")]
    public static partial void ClueNotRevealed(this ILogger logger, Exception exception, Guid clue, string treasure);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The clue {Clue} of the treasure {Treasure} is not revealed: {Reason} It is retried, at most every 30 seconds.")]
    public static partial void ClueRefused(this ILogger logger, Guid clue, string treasure, string? reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The queues could not be counted. Their metrics are missing until they can be counted.")]
    public static partial void QueuesNotCounted(this ILogger logger, Exception exception);

    public static void DeadLettersTaken(this ILogger logger, string queue, string action, string count, Actor actor) =>
        logger.DeadLettersTaken(queue, action, count, actor.Subject, actor.TokenId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Dead letters of {Queue} {Action}: {Count}, by {Subject} with the token {TokenId}")]
    private static partial void DeadLettersTaken(
        this ILogger logger, string queue, string action, string count, string? subject, string? tokenId);
}
