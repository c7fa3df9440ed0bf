using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Domain.Hunts;
using Xunit;

namespace TreasureHunt.Specs.Structure;

/// <summary>The domain is pure: it gets times and random values as data.</summary>
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

    private static readonly string[] Impure =
    [
        "System.TimeProvider", "System.Random", "System.Environment", "System.Diagnostics.Stopwatch", "System.IO.", "System.Net.",
        "System.Threading.", "System.Data.",
    ];

    // Rules that are not in the domain: the Api shares the first two, and the worker compares commands with recorded events.
    private static readonly string[] Elsewhere =
        [typeof(HuntWindow).FullName!, typeof(Pause).FullName!, typeof(RepeatedCommand).FullName!, typeof(RevealClue).FullName!];

    public static TheoryData<string> Types =>
        [.. Engine.Types.Select(type => type.FullName).Where(name => name.StartsWith("TreasureHunt.Domain.", StringComparison.Ordinal))
            .Concat(Elsewhere)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rule_uses_events_and_other_rules_only(string type)
    {
        var rules = Types.Select(row => row.Data).ToHashSet();

        Assert.DoesNotContain(UsesOf(type).Select(use => use.Target.FullName), used =>
            !rules.Contains(used) && !used.StartsWith("TreasureHunt.Contracts.", StringComparison.Ordinal) && !IsPlain(used));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rule_reads_no_clock_and_no_random_number(string type) => Assert.DoesNotContain(
        UsesOf(type).OfType<MethodCallDependency>().Select(call => call.TargetMember.FullName),
        call => Ambient.Any(ambient => call.Contains(ambient, StringComparison.Ordinal)));

    private static List<ITypeDependency> UsesOf(string type) => Engine.Types.Single(found => found.FullName == type).Dependencies;

    private static bool IsPlain(string used) =>
        (used.StartsWith("System.", StringComparison.Ordinal) || used.StartsWith('<'))
        && !Impure.Any(prefix => used.StartsWith(prefix, StringComparison.Ordinal));
}
