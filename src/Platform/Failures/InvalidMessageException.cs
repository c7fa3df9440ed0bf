namespace TreasureHunt.Platform.Failures;

/// <summary>
/// A message, or a claim or command in it, is malformed. It goes to the dead-letter queue: no retry can succeed.
/// </summary>
/// <param name="reason">The violated rule, for the operator who reads the dead letter.</param>
public sealed class InvalidMessageException(string reason) : FormatException(reason);
