namespace TreasureHunt.Cli;

/// <summary>The exit codes of a command.</summary>
public static class ExitCodes
{
    public const int Clean = 0;

    /// <summary>The audit found something.</summary>
    public const int NotClean = 1;

    /// <summary>Wrong options, or an engine that does not answer.</summary>
    public const int Misused = 2;

    public const int Interrupted = 130;
}
