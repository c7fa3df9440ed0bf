using System.Text.RegularExpressions;

namespace TreasureHunt.Docs;

/// <summary>A fenced block of commands, with the answer that the page shows for it.</summary>
/// <param name="Line">The line of the page at which the commands begin.</param>
/// <param name="Answer">The text block that follows the commands directly; null when the page shows none.</param>
public sealed partial record CommandBlock(string Page, int Line, string Commands, string? Answer)
{
    /// <summary>Whether the block reads over HTTP and changes neither the engine nor the shell.</summary>
    public bool IsRead => Commands.Contains("curl ", StringComparison.Ordinal) && !Change().IsMatch(Commands);

    public override string ToString() => $"{Page}:{Line}";

    [GeneratedRegex(@"--json|-X |\./hunt|dotnet |=\$\(|/stream|/tmp/|eval ")]
    private static partial Regex Change();
}
