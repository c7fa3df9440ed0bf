using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>The types of other assemblies that the code of a project uses.</summary>
public class DependencySpecs
{
    private static readonly string[] Database = ["Marten.", "Npgsql.", "JasperFx.", "Weasel.", "TreasureHunt.EventStore."];

    private static readonly string[] Hosts = ["Commands", "Projections", "Api", "Cli"];

    [Fact]
    public void The_Api_uses_no_database() => Assert.Empty(Used("Api", Database));

    [Fact]
    public void The_command_line_uses_HTTP_only() =>
        Assert.Empty(Used("Cli", [.. Database, "MassTransit.", "RabbitMQ.", "StackExchange.", "RedLockNet.", "TreasureHunt.Platform."]));

    [Fact]
    public void The_invariant_checker_shares_no_code_with_the_engine() => Assert.DoesNotContain(
        UsedTypes.Of("InvariantChecker"),
        type => type.StartsWith("TreasureHunt.", StringComparison.Ordinal)
            && !type.StartsWith("TreasureHunt.Contracts.", StringComparison.Ordinal));

    [Fact]
    public void Only_the_worker_takes_locks()
    {
        Assert.NotEmpty(Used("Commands", "RedLockNet."));
        Assert.All(
            ["Contracts", "Domain", "ReadModels", "Platform", "EventStore", "Projections", "Api", "Cli"],
            project => Assert.Empty(Used(project, "RedLockNet.")));
    }

    [Fact]
    public void The_projections_use_no_command() => Assert.Empty(Used("Projections", "TreasureHunt.Contracts.Commands."));

    [Fact]
    public void The_platform_does_not_use_the_domain() =>
        Assert.Empty(Used("Platform", "Marten.", "TreasureHunt.Domain.", "TreasureHunt.ReadModels."));

    [Theory]
    [InlineData("Commands")]
    [InlineData("Projections")]
    [InlineData("Api")]
    [InlineData("Cli")]
    public void A_host_uses_no_other_host(string host) =>
        Assert.Empty(Used(host, [.. Hosts.Where(other => other != host).Select(other => $"TreasureHunt.{other}.")]));

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Domain")]
    public void A_pure_project_uses_plain_types(string project) => Assert.All(
        UsedTypes.Of(project), type => Assert.Matches(@"^(System\.|Microsoft\.CodeAnalysis\.|TreasureHunt\.Contracts\.)", type));

    [Theory]
    [InlineData("Contracts")]
    [InlineData("Domain")]
    public void A_pure_project_does_no_input_or_output(string project) =>
        Assert.Empty(
            Used(
                project, "System.IO.", "System.Net.", "System.Data.", "System.Threading.", "System.TimeProvider", "System.Random",
                "System.Environment", "System.Diagnostics.Stopwatch"));

    // An empty result above has a meaning only when the search finds types that are used.
    [Fact]
    public void The_search_finds_used_types()
    {
        Assert.NotEmpty(Used("EventStore", "Marten."));
        Assert.NotEmpty(Used("EventStore", "Npgsql."));
        Assert.Contains("TreasureHunt.EventStore.Claims.ClaimEventStore", UsedTypes.Of("Commands"));
        Assert.Contains("TreasureHunt.Contracts.Commands.AcceptedClaim", UsedTypes.Of("Domain"));
    }

    private static IEnumerable<string> Used(string project, params string[] prefixes) =>
        UsedTypes.Of(project).Where(type => prefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)));
}
