using System.Text.Json;
using System.Xml.Linq;
using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Specs.Structure;

/// <summary>The files of the project, found from the folder in which the specs run.</summary>
internal static class Repository
{
    private static readonly string[] Folders = ["src", "tools"];

    /// <summary>The projects of <c>src</c> and <c>tools</c>, such as <c>Contracts</c>.</summary>
    public static IEnumerable<string> Projects => Folders
        .SelectMany(folder => Directory.GetFiles(PathOf(folder), "*.csproj", SearchOption.AllDirectories))
        .Select(file => Path.GetFileNameWithoutExtension(file));

    /// <summary>The pages of documentation: <c>README.md</c> and those of <c>docs</c>.</summary>
    public static IEnumerable<string> Documents =>
        Directory.EnumerateFiles(PathOf("docs"), "*.md", SearchOption.AllDirectories).Append(PathOf("README.md"));

    public static string PathOf(string file) => RepositoryFiles.PathOf(file);

    /// <summary>The projects that a project of <c>src</c> or <c>tools</c> references.</summary>
    public static IEnumerable<string> ProjectsOf(string project) =>
        References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>The packages and frameworks that a project of <c>src</c> or <c>tools</c> references.</summary>
    public static IEnumerable<string> PackagesOf(string project) =>
        References(project, "PackageReference").Concat(References(project, "FrameworkReference"));

    /// <summary>The packages and projects that a built project of <c>src</c> ships, as its file of dependencies names them.</summary>
    public static IReadOnlyList<string> LibrariesOf(string project)
    {
        using var built = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"TreasureHunt.{project}.deps.json")));
        return [.. built.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(FileOf(project)).Descendants(kind).Select(reference => (string)reference.Attribute("Include")!);

    private static string FileOf(string project) =>
        Folders.Select(folder => PathOf($"{folder}/{project}/{project}.csproj")).First(File.Exists);
}
