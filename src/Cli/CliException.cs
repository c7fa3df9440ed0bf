namespace TreasureHunt.Cli;

/// <summary>Something that the person at the keyboard can put right; the message is the whole sentence that they see.</summary>
public sealed class CliException(string sentence, Exception? cause = null) : Exception(sentence, cause);

/// <summary>What a command's exit code means.</summary>
public static class ExitCodes
{
    public const int Clean = 0;

    /// <summary>The audit found something.</summary>
    public const int NotClean = 1;

    /// <summary>Wrong options, or no engine to talk to.</summary>
    public const int Misused = 2;

    public const int Interrupted = 130;
}
