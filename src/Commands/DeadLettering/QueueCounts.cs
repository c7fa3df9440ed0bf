namespace TreasureHunt.Commands.DeadLettering;

/// <summary>The dead letters of a queue.</summary>
/// <param name="Reasons">
/// Number of dead letters by reason, of the first <see cref="DeadLetterQueues.MaxInspected"/> at most.
/// </param>
public sealed record DeadLetterCount(string Queue, long Count, IReadOnlyDictionary<string, int> Reasons);

/// <summary>The messages and consumers of a queue, and the messages of its dead-letter queue.</summary>
/// <param name="Messages">Messages that are ready for delivery; unacknowledged messages are not counted.</param>
public sealed record QueueCount(string Queue, long Messages, long Consumers, long DeadLetters);

/// <summary>The number of dead letters that were retried or dropped.</summary>
public sealed record DeadLettersMoved(string Queue, int Count);
