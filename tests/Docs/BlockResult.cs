namespace TreasureHunt.Docs;

/// <summary>The output of a block, standard output and standard error together, and the exit code of its last command.</summary>
public sealed record BlockResult(CommandBlock Block, int ExitCode, string Output);
