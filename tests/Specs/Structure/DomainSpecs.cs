using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Loader;
using TreasureHunt.Commands;
using TreasureHunt.Commands.Admin;
using TreasureHunt.Commands.Claims;
using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using Xunit;
using Type = System.Type;

namespace TreasureHunt.Specs.Structure;

/// <summary>The rules of the house are pure: facts in, facts out. No database, no bus, no clock, no dice.</summary>
public class DomainSpecs
{
    private static readonly Architecture Engine = new ArchLoader().LoadAssemblies(typeof(Hunt).Assembly, typeof(HuntWindow).Assembly).Build();

    private static readonly Type[] Domain =
        [typeof(Hunt), typeof(Treasure), typeof(LastAward), typeof(ClaimDecider), typeof(PlayerUsage), typeof(ClaimBatch), typeof(QuotaReservations), typeof(PlayerReservations), typeof(Reservation), typeof(TreasureDecisionState), typeof(Decision), typeof(HuntWindow), typeof(Pause), typeof(RevealClue), typeof(RepeatedCommand)];

    // Time and chance come as data. The analyzers ban most of these too, but a pragma would do to get around them.
    private static readonly string[] Ambient =
    [
        "System.DateTime System.DateTime::", "System.DateTimeOffset System.DateTimeOffset::get_UtcNow", "System.DateTimeOffset System.DateTimeOffset::get_Now",
        "System.Guid System.Guid::NewGuid", "System.Guid System.Guid::CreateVersion7", "TreasureHunt.Contracts.Ids::Fresh",
    ];

    public static TheoryData<string> Types => [.. Domain.Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rule_uses_facts_and_other_rules_only(string type)
    {
        var allowed = Domain.Select(rule => rule.FullName!).ToHashSet();

        Assert.DoesNotContain(Uses(type).Select(use => use.Target.FullName), used =>
            !allowed.Contains(used) && !used.StartsWith("TreasureHunt.Contracts.", StringComparison.Ordinal) && !IsPlain(used));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_rule_asks_no_clock_and_throws_no_dice(string type) => Assert.DoesNotContain(
        Uses(type).OfType<MethodCallDependency>().Select(call => call.TargetMember.FullName),
        call => Ambient.Any(ambient => call.Contains(ambient, StringComparison.Ordinal)));

    private static List<ITypeDependency> Uses(string type) => Engine.Types.Single(found => found.FullName == type).Dependencies;

    private static bool IsPlain(string used) =>
        (used.StartsWith("System.", StringComparison.Ordinal) || used.StartsWith('<'))
        && !new[] { "System.TimeProvider", "System.Random", "System.Environment", "System.Diagnostics.Stopwatch", "System.IO.", "System.Net.", "System.Threading.", "System.Data." }
            .Any(prefix => used.StartsWith(prefix, StringComparison.Ordinal));
}
