namespace TreasureHunt.Cli.Errors;

/// <summary>A queue with the number of its dead letters and their reasons.</summary>
public sealed record QueueErrors(string Queue, long Count, IReadOnlyDictionary<string, int> Reasons);

/// <summary>A message that could not be processed.</summary>
public sealed record DeadLetterRow(string Id, string Reason, string? ContentType, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>The number of dead letters that were moved or deleted.</summary>
public sealed record MovedErrors(string Queue, int Count);
