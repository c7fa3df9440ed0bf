using TreasureHunt.Contracts.Events;
using Xunit;
using Xunit.Sdk;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Simulation;

/// <summary>What is broken shows within some hundred storms, and what it breaks has a name.</summary>
public class BrokenSpecs(ITestOutputHelper output)
{
    private const int Seeds = 300;

    [Fact]
    public void A_store_that_ignores_versions_gives_more_than_there_is() =>
        Breaks(new Make { Ledger = () => new Broken.VersionsIgnored() }, "awards never exceed the stock");

    [Fact]
    public void A_store_that_holds_no_treasure_refuses_and_awards_side_by_side() => Breaks(
        new Make { Ledger = () => new Broken.StreamsApart() },
        "places go up by one in the order of the log",
        "a treasure is only exhausted when no unit is left");

    [Fact]
    public void A_store_that_takes_an_id_twice_decides_a_claim_twice() =>
        Breaks(new Make { Ledger = () => new Broken.IdsRepeated() }, "a claim has one outcome");

    [Fact]
    public void Unique_ids_are_a_second_line_behind_the_versions() =>
        Assert.All(
            Enumerable.Range(1, 300),
            seed => Assert.Null(Simulation.Run(seed, new Make { Ledger = () => new Broken.IdsUnwatched() }).Broken));

    [Fact]
    public void A_store_that_gives_a_slot_twice_breaks_the_limit_of_a_hunt() =>
        Breaks(new Make { Ledger = () => new Broken.SlotsShared() }, "a player never exceeds the limit of a hunt");

    [Fact]
    public void A_bus_that_confirms_what_it_does_not_keep_loses_claims() =>
        Breaks(new Make { Bus = (schedule, promises) => new Broken.Forgetful(schedule, promises) }, "a confirmed claim gets an outcome");

    [Fact]
    public void A_worker_that_acknowledges_before_it_commits_loses_claims() =>
        Breaks(new Make { Worker = (name, around) => new Broken.Hasty(name, around) }, "a confirmed claim gets an outcome");

    [Fact]
    public void A_worker_that_takes_every_answer_for_a_yes_tells_untruths() =>
        Breaks(new Make
        {
            Worker = (name, around) =>
            new Broken.Deaf(name, around)
        }, "an outcome that a player is told is the recorded one");

    [Fact]
    public void A_worker_that_judges_by_its_own_clock_is_seen() =>
        Breaks(new Make
        {
            Worker = (name, around) =>
            new Broken.Clockwatching(name, around)
        }, "a claim keeps the time at which it was accepted");

    [Fact]
    public void A_claim_that_jumps_the_line_is_seen()
    {
        var schedule = new Schedule(1);
        var promises = new SimulationPromises(schedule);
        var log = Open(Hidden(stock: 2)).When(Claim("alice"), Claim("bob")).Ledger.Log;
        promises.HoldIn(log);
        schedule.Within(1, () =>
        {
            promises.Sent(Claim("bob"));
            promises.Told(log.Select(entry => entry.Event).OfType<TreasureAwarded>().Single(award => award.PlayerId == "bob"));
            schedule.Within(1, () => promises.Sent(Claim("alice")));
        });
        Assert.True(schedule.Run());

        Assert.Equal(
            "a claim sent after another was told its outcome has a later place",
            Assert.ThrowsAny<XunitException>(promises.HoldAtTheEnd).Message);
    }

    private void Breaks(Make make, params string[] promises)
    {
        foreach (var promise in promises)
        {
            var found = Enumerable.Range(1, Seeds).Select(seed => Simulation.Run(seed, make)).FirstOrDefault(
                story => story.Broken == promise);
            Assert.True(found is not null, $"not found in {Seeds} storms: {promise}");
            output.WriteLine($"{promise}: found by seed {found.Seed}");
        }
    }
}
