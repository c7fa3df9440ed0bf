using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>
/// The folders of a project do not depend on each other in a cycle. Files beside the project file do not count, because they
/// compose the folders.
/// </summary>
public class CycleSpecs
{
    [Theory]
    [InlineData("Contracts")]
    [InlineData("Domain")]
    [InlineData("ReadModels")]
    [InlineData("Platform")]
    [InlineData("EventStore")]
    [InlineData("Commands")]
    [InlineData("Projections")]
    [InlineData("Api")]
    [InlineData("Cli")]
    [InlineData("InvariantChecker")]
    [InlineData("LoadGenerator")]
    [InlineData("Faults")]
    public void The_folders_of_a_project_have_no_cycle(string project)
    {
        var arrows = ArrowsOf($"TreasureHunt.{project}");

        var circle = arrows.Keys.Where(folder => Reachable(arrows, folder).Contains(folder)).ToHashSet();
        Assert.True(
            circle.Count == 0,
            string.Join(", ", circle.SelectMany(folder => arrows[folder].Where(circle.Contains).Select(other => $"{folder} -> {other}"))));
    }

    // An empty result above has a meaning only when the search finds dependencies.
    [Fact]
    public void The_search_finds_dependencies() => Assert.Contains("Caching", ArrowsOf("TreasureHunt.Api")["Claims"]);

    private static Dictionary<string, HashSet<string>> ArrowsOf(string project)
    {
        var assembly = System.Reflection.Assembly.Load(project);
        var types = new ArchLoader().LoadAssembly(assembly).Build().Types;
        return types
            // A type parameter is found by its name alone, in whichever type has one of that name.
            .SelectMany(
                type => type.Dependencies.Where(dependency => dependency.Target is not GenericParameter).Select(
                    dependency => (From: FolderOf(type, project), To: FolderOf(dependency.Target, project))))
            .Where(arrow => arrow is { From: not null, To: not null } && arrow.From != arrow.To)
            .GroupBy(arrow => arrow.From!, arrow => arrow.To!)
            .ToDictionary(group => group.Key, group => group.ToHashSet());
    }

    private static HashSet<string> Reachable(Dictionary<string, HashSet<string>> arrows, string from)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>([from]);
        while (next.TryPop(out var folder))
        {
            foreach (var to in arrows.GetValueOrDefault(folder, []).Where(reached.Add))
            {
                next.Push(to);
            }
        }

        return reached;
    }

    // The first folder below the project; null for a type of another project and for one beside the project file.
    private static string? FolderOf(
        IType type, string project) => type.Namespace?.FullName is { } name && name.StartsWith($"{project}.", StringComparison.Ordinal)
        ? name[(project.Length + 1)..].Split('.')[0]
        : null;
}
