using TreasureHunt.Projections.Runtime;

namespace TreasureHunt.Projections;

internal static partial class ProjectionsLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "This worker runs the projections")]
    public static partial void LeadershipGained(this ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "This worker does not run the projections at the moment")]
    public static partial void LeadershipLost(this ILogger logger, Exception exception);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Generation {Generation} of the read model {ReadModel} is {Health} in its cache: it is repaired from the event store")]
    public static partial void GenerationDamaged(this ILogger logger, string readModel, int generation, ReadModelHealth health);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {ReadModel}: building generation {Generation}")]
    public static partial void ReplayStarted(this ILogger logger, string kind, string readModel, int generation);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {ReadModel}: generation {Generation} is complete")]
    public static partial void ReplayFinished(this ILogger logger, string kind, string readModel, int generation);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Kind} of {ReadModel}: generation {Generation} was cancelled")]
    public static partial void ReplayCancelled(this ILogger logger, string kind, string readModel, int generation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Kind} of {ReadModel}: generation {Generation} cannot be built: {Reason}")]
    public static partial void ReplayFailed(this ILogger logger, string kind, string readModel, int generation, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The supervision of the read models failed and is tried again: {Reason}")]
    public static partial void SupervisionFailed(this ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The read model {ReadModel} cannot write the key {Key} and continues without it: {Reason}")]
    public static partial void KeyIsolated(this ILogger logger, string readModel, string key, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The shard {Shard} had stopped and is started again: {Reason}")]
    public static partial void ShardRestarted(this ILogger logger, string shard, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The shard {Shard} stands still at sequence {Sequence}: this build cannot read the event {EventName}")]
    public static partial void ShardStandsStill(this ILogger logger, string shard, long sequence, string eventName);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The broker did not confirm events for analytics. They are sent again over a new connection: {Reason}")]
    public static partial void EnvelopeNotConfirmed(this ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The audit of the hunt {Hunt} found {DoubleWinners} double winners, {BrokenRules} other broken rules "
            + "and {Differences} differences of read models")]
    public static partial void AuditFoundErrors(this ILogger logger, string hunt, int doubleWinners, int brokenRules, int differences);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The background audit failed: {Reason}")]
    public static partial void AuditFailed(this ILogger logger, string reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The used memory of the read-model cluster could not be read; the last measurement is kept")]
    public static partial void RedisMemoryNotRead(this ILogger logger, Exception exception);
}
