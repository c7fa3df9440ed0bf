using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>What the code of a project may use of what its packages put in reach.</summary>
public class DependencySpecs
{
    private static readonly string[] Database = ["Marten.", "Npgsql.", "JasperFx.", "Weasel.", "TreasureHunt.Platform.Store."];

    // Marten's build step leaves its mark on every assembly that has it in reach.
    private const string Mark = "JasperFx.Events.Aggregation.JasperFxSourceGeneratorAppliedAttribute";

    [Fact]
    public void The_door_owns_no_database() => Assert.Empty(Used("Api", Database).Except([Mark]));

    [Fact]
    public void The_command_line_owns_no_server_but_the_http_it_speaks() =>
        Assert.Empty(Used("Cli", [.. Database, "MassTransit.", "RabbitMQ.", "StackExchange.", "RedLockNet.", "TreasureHunt.Platform."]));

    [Fact]
    public void Only_the_deciding_side_takes_locks()
    {
        Assert.NotEmpty(Used("Commands", "RedLockNet."));
        Assert.All(["Contracts", "Platform", "Projections", "Api", "Cli"], project => Assert.Empty(Used(project, "RedLockNet.")));
    }

    [Fact]
    public void The_projections_give_no_orders() => Assert.Empty(Used("Projections", "TreasureHunt.Contracts.Commands."));

    [Theory]
    [InlineData("Commands")]
    [InlineData("Projections")]
    [InlineData("Api")]
    [InlineData("Cli")]
    public void A_host_uses_no_other(string host) =>
        Assert.Empty(Used(host, [.. new[] { "Commands", "Projections", "Api", "Cli" }.Where(other => other != host).Select(other => $"TreasureHunt.{other}.")]));

    [Fact]
    public void Contracts_are_plain() =>
        Assert.All(UsedTypes.Of("Contracts"), type => Assert.Matches(@"^(System\.|Microsoft\.CodeAnalysis\.)", type));

    [Fact]
    public void Contracts_know_no_io() => Assert.Empty(Used("Contracts", "System.IO.", "System.Net.", "System.Threading.", "System.TimeProvider"));

    // So that an empty answer above means something.
    [Fact]
    public void The_rules_see_what_is_used()
    {
        Assert.NotEmpty(Used("Platform", "Marten."));
        Assert.NotEmpty(Used("Commands", "Npgsql.", "TreasureHunt.Platform.Store."));
        Assert.Contains("TreasureHunt.Contracts.Commands.AcceptedClaim", UsedTypes.Of("Commands"));
    }

    private static IEnumerable<string> Used(string project, params string[] prefixes) =>
        UsedTypes.Of(project).Where(type => prefixes.Any(prefix => type.StartsWith(prefix, StringComparison.Ordinal)));
}
