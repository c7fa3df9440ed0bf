using System.Text.RegularExpressions;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Docs;

/// <summary>A page of documentation whose commands a reader runs from top to bottom.</summary>
public static partial class Page
{
    /// <summary>The <c>bash</c> blocks of a page, in order.</summary>
    /// <param name="path">From the root folder of the repository.</param>
    public static IReadOnlyList<CommandBlock> Read(string path) => Parse(path, RepositoryFiles.Read(path));

    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<CommandBlock> Parse(string path, string text) =>
        [.. Block().Matches(text).Select(block => new CommandBlock(
            path,
            text.AsSpan(0, block.Groups["commands"].Index).Count('\n') + 1,
            block.Groups["commands"].Value,
            block.Groups["answer"] is { Success: true } answer ? answer.Value : null))];

    /// <summary>
    /// Whether an output is the answer that the page shows: <c>…</c> stands for any text of a line, a line with only <c>…</c> for any
    /// lines.
    /// </summary>
    public static bool IsAnswer(string output, string answer) => Regex.IsMatch(output.TrimEnd() + "\n", PatternOf(answer));

    /// <summary>The answer as a regular expression for the whole output, which ends with one line break.</summary>
    public static string PatternOf(string answer)
    {
        var lines = answer.TrimEnd().Split('\n').Select(
            line => line.Trim() == "…" ? "(?:.*\n)*?" : $"{AnyText().Replace(Regex.Escape(line), ".*")}[ \r]*\n");
        return $@"\A{string.Concat(lines)}\z";
    }

    /// <summary>
    /// The output without the answers to requests that <c>curl --retry</c> has repeated: a busy machine may answer 503 first.
    /// </summary>
    public static string WithoutRepeated(string output) => Repeated().Replace(output, "");

    [GeneratedRegex(@"^```bash\n(?<commands>(?:.*\n)*?)```\n(?:```(?:text|json)\n(?<answer>(?:.*\n)*?)```$)?", RegexOptions.Multiline)]
    private static partial Regex Block();

    // A problem with status 429 or 503, in one line or as jq prints it, or only its type.
    [GeneratedRegex(
        """^(?:\{\s*"type":\s*"urn:treasure-hunt:problem:[^}]*"status":\s*(?:429|503)[^}]*\}|urn:treasure-hunt:problem:(?:outcome-unknown|read-model-unavailable|unavailable|intake-full|reads-full))\n""",
        RegexOptions.Multiline)]
    private static partial Regex Repeated();

    [GeneratedRegex("…")]
    private static partial Regex AnyText();
}
