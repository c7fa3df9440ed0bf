namespace TreasureHunt.LoadGenerator;

/// <summary>A run cannot start or go on. The message is a whole sentence for the user.</summary>
public sealed class LoadException(string message, Exception? cause = null) : Exception(message, cause);
