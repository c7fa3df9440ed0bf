using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>Dependencies point one way: Contracts, Platform, then the hosts.</summary>
public class ProjectSpecs
{
    [Theory]
    [InlineData("Contracts", "")]
    [InlineData("Platform", "Contracts")]
    [InlineData("Commands", "Platform")]
    [InlineData("Projections", "Platform")]
    [InlineData("Api", "Platform")]
    [InlineData("Cli", "Contracts")]
    public void A_project_knows_only_what_is_below_it(string project, string below) =>
        Assert.Equal(below, string.Join(' ', Repository.ProjectsOf(project)));

    [Fact]
    public void Every_project_has_its_rule()
    {
        var projects = Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension);

        Assert.Equal(["Api", "Cli", "Commands", "Contracts", "Platform", "Projections"], projects.Order());
    }

    [Fact]
    public void Contracts_need_no_packages() => Assert.Empty(Repository.PackagesOf("Contracts"));

    [Fact]
    public void The_event_store_is_wired_in_one_place() => Assert.Equal(
        ["Platform"],
        new[] { "Api", "Cli", "Commands", "Contracts", "Platform", "Projections" }.Where(project => Repository.PackagesOf(project).Any(package => package.StartsWith("Marten", StringComparison.Ordinal))));
}
