using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Contracts;
using TreasureHunt.Domain.Hunts;
using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>The domain is pure: time and chance come as data.</summary>
public class DomainSpecs
{
    private static readonly Architecture Engine =
        new ArchLoader().LoadAssemblies(typeof(Hunt).Assembly, typeof(HuntWindow).Assembly, typeof(RepeatedCommand).Assembly).Build();

    // The analyzers ban most of these too, but a pragma can switch an analyzer off.
    private static readonly string[] Ambient =
    [
        "System.DateTime System.DateTime::", "System.DateTimeOffset System.DateTimeOffset::get_UtcNow",
        "System.DateTimeOffset System.DateTimeOffset::get_Now",
        "System.Guid System.Guid::NewGuid", "System.Guid System.Guid::CreateVersion7", "TreasureHunt.Contracts.Ids::Fresh",
    ];

    // A rule of the worker that is not part of the domain, because it compares commands with recorded events.
    private static readonly string[] Outside = [typeof(HuntWindow).FullName!, typeof(Pause).FullName!, typeof(RepeatedCommand).FullName!];

    public static TheoryData<string> Types =>
        [.. Engine.Types.Where(type => type.FullName.StartsWith("TreasureHunt.Domain.", StringComparison.Ordinal)).Select(
            type => type.FullName).Concat(Outside)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rule_reads_no_clock_and_no_random_number(string type) => Assert.DoesNotContain(
        Engine.Types.Single(found => found.FullName == type).Dependencies.OfType<MethodCallDependency>().Select(
            call => call.TargetMember.FullName),
        call => Ambient.Any(ambient => call.Contains(ambient, StringComparison.Ordinal)));
}
