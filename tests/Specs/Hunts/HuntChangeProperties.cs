using CsCheck;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntWindowGenerators;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>Changes of a hunt for random commands.</summary>
public class HuntChangeProperties
{
    [Fact]
    public void An_allowed_change_takes_effect_at_its_own_time() => ChangeCommands.Sample(
        commands => ApplyAll(commands, (_, after, recorded) =>
        Assert.Contains(after.PhaseAt(recorded.At), PhasesAfter(recorded))));

    [Fact]
    public void No_change_affects_claims_accepted_earlier() => ChangeCommands.Sample(
        commands => ApplyAll(commands, (before, after, recorded) =>
    {
        foreach (var time in EveryTime.Where(time => time < recorded.At))
        {
            Assert.Equal(before.RefusalAt(time), after.RefusalAt(time));
        }
    }));

    [Fact]
    public void A_hunt_that_has_ended_stays_ended() => ChangeCommands.Select(commands => commands.OrderBy(command => command.At).ToArray())
        .Sample(
        commands =>
        ApplyAll(commands, (before, after, recorded) =>
            Assert.False(before.RefusalAt(recorded.At) == Reasons.HuntClosed && after.RefusalAt(recorded.At) is null)));
}
