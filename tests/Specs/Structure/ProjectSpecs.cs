using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>Dependencies between projects point one way: from the hosts to the libraries below them.</summary>
public class ProjectSpecs
{
    public static TheoryData<string, string> Arrows => new()
    {
        { "Contracts", "" },
        { "Domain", "Contracts" },
        { "ReadModels", "Contracts" },
        { "Platform", "Contracts" },
        { "EventStore", "Domain Platform" },
        { "Commands", "EventStore ReadModels" },
        { "Projections", "EventStore ReadModels" },
        { "Api", "Platform ReadModels" },
        { "InvariantChecker", "Contracts" },
        { "LoadGenerator", "InvariantChecker" },
        { "Cli", "LoadGenerator" },
    };

    [Theory]
    [MemberData(nameof(Arrows))]
    public void A_project_references_only_the_projects_below_it(string project, string below) =>
        Assert.Equal(below, string.Join(' ', Repository.ProjectsOf(project).Order()));

    [Fact]
    public void Every_project_has_its_rule()
    {
        Assert.Equal(Arrows.Select(row => row.Data.Item1).Order(), Repository.Projects.Order());
    }

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Domain")]
    public void A_pure_project_references_no_package_and_no_framework(string project) => Assert.Empty(Repository.PackagesOf(project));

    [Fact]
    public void Only_the_event_store_references_Marten() => Assert.Equal(
        ["EventStore"],
        Arrows.Select(row => row.Data.Item1).Where(
            project => Repository.PackagesOf(project).Any(package => package.StartsWith("Marten", StringComparison.Ordinal))));

    [Fact]
    public void The_Api_ships_no_Marten()
    {
        var libraries = Repository.LibrariesOf("Api");

        Assert.Contains("StackExchange.Redis", libraries);
        Assert.DoesNotContain(
            libraries,
            library =>
                library.StartsWith("Marten", StringComparison.Ordinal) || library.StartsWith("Weasel", StringComparison.Ordinal)
                    || library.StartsWith("JasperFx", StringComparison.Ordinal));
    }
}
