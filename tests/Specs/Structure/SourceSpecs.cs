using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>How the source files are named.</summary>
public class SourceSpecs
{
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
