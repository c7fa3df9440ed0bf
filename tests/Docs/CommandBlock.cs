namespace TreasureHunt.Docs;

/// <summary>A fenced block of commands, with the answer that the page shows for it.</summary>
/// <param name="Line">The line of the page at which the commands begin.</param>
/// <param name="Answer">The text block that follows the commands directly; null when the page shows none.</param>
public sealed record CommandBlock(string Page, int Line, string Commands, string? Answer)
{
    public override string ToString() => $"{Page}:{Line}";
}
