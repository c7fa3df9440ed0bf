using System.Runtime.CompilerServices;

namespace TreasureHunt.Specs.Faults;

/// <summary>The patches of tests/Faults/Broken.</summary>
internal static class BrokenPatches
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", "..", ".."));

    // The lines that each hunk expects: its context and its removed lines.
    public static IEnumerable<(string Path, string Before)> Hunks(string[] lines)
    {
        var (path, before) = ("", (List<string>?)null);
        foreach (var line in lines.Append("--- end"))
        {
            if ((line.StartsWith("@@", StringComparison.Ordinal) || line.StartsWith("--- ", StringComparison.Ordinal))
                && before is not null)
            {
                yield return (path, string.Concat(before.Select(text => text + "\n")));
                before = null;
            }

            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                path = line["+++ b/".Length..];
            }
            else if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                before = [];
            }
            else if (line.Length == 0 || line[0] is ' ' or '-')
            {
                before?.Add(line.Length == 0 ? "" : line[1..]);
            }
        }
    }

    public static string[] Lines(string name) =>
        File.ReadAllText(Path.Combine(Root, "tests", "Faults", "Broken", $"{name}.patch")).TrimEnd('\n').Split('\n');

    public static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
