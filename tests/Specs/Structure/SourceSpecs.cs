using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>Names and sizes of the source files.</summary>
public class SourceSpecs
{
    private const int MaxColumns = 140;
    private const int MaxLines = 250;
    private const int MaxMedianLines = 55;

    private static readonly string[] Folders = ["src", "tools", "tests", "bench"];

    private static readonly Dictionary<string, CompilationUnitSyntax> Files = Folders
        .Where(folder => Directory.Exists(Repository.PathOf(folder)))
        .SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Repository.PathOf("."), file))
        .Where(file => !file.Split('/').Any(part => part is "obj" or "bin"))
        .ToDictionary(file => file, file => CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.PathOf(file))).GetCompilationUnitRoot());

    [Fact]
    public void A_type_name_has_one_meaning()
    {
        var names = Files.Values
            .SelectMany(file => file.DescendantNodes().OfType<BaseTypeDeclarationSyntax>())
            .GroupBy(type => type.Identifier.Text, FullName)
            .Select(name => (Name: name.Key, Meanings: name.Distinct().ToArray()));

        var shared = names.Where(name => name.Meanings.Length > 1).Select(name => string.Join(", ", name.Meanings)).ToList();
        Assert.True(shared.Count == 0, string.Join("; ", shared));
    }

    [Fact]
    public void A_namespace_follows_its_folder() => Assert.Empty(Files
        .SelectMany(
            file => file.Value.Members.OfType<BaseNamespaceDeclarationSyntax>().Select(
                found => (File: file.Key, Name: found.Name.ToString())))
        .Where(found => found.Name != NamespaceOf(found.File))
        .Select(found => $"{found.File}: {found.Name}"));

    [Fact]
    public void A_file_is_short()
    {
        var lines = Files.Select(file => (Name: file.Key, Lines: file.Value.GetText().Lines.Count - 1)).OrderBy(file => file.Lines)
            .ToList();

        Assert.DoesNotContain(lines, file => file.Lines > MaxLines);
        Assert.InRange(lines[lines.Count / 2].Lines, 1, MaxMedianLines);
    }

    [Fact]
    public void A_line_is_short() => Assert.Empty(Files.SelectMany(file => file.Value.GetText().Lines
        .Where(line => line.Span.Length > MaxColumns && !HasLongText(file.Key, line.ToString()))
        .Select(line => $"{file.Key}:{line.LineNumber + 1}")));

    // Tests compare stored JSON, messages and commands as one text, so that a reader can search for them.
    private static bool HasLongText(string file, string line) =>
        file.StartsWith("tests/", StringComparison.Ordinal) && line.Split('"', 2) is [_, { Length: > 40 }];

    // Partial declarations, and generic types of one name, are one meaning.
    private static string FullName(BaseTypeDeclarationSyntax type) => type.Parent switch
    {
        BaseTypeDeclarationSyntax outer => $"{FullName(outer)}.{type.Identifier.Text}",
        BaseNamespaceDeclarationSyntax space => $"{space.Name}.{type.Identifier.Text}",
        _ => type.Identifier.Text,
    };

    private static string NamespaceOf(string file)
    {
        var folders = Path.GetDirectoryName(file)!.Split('/');
        return string.Join('.', folders.Skip(1).Prepend("TreasureHunt"));
    }
}
