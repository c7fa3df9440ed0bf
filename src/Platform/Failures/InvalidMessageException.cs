namespace TreasureHunt.Platform.Failures;

/// <summary>
/// A message, or a claim or command in it, breaks a rule of form. It goes to the dead-letter queue: no retry can mend it.
/// </summary>
/// <param name="reason">Which rule, for the operator who reads the dead letter.</param>
public sealed class InvalidMessageException(string reason) : FormatException(reason);
