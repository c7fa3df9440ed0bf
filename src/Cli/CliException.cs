namespace TreasureHunt.Cli;

/// <summary>A problem that the user can solve. The message is a whole sentence for the user.</summary>
public sealed class CliException(string message, Exception? cause = null) : Exception(message, cause);
