using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;
using Xunit;
using Xunit.Sdk;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Simulation;

/// <summary>The simulation detects each defect within 300 seeds, with the expected invariant.</summary>
public class BrokenEngineSpecs(ITestOutputHelper output)
{
    private const int Seeds = 300;

    [Fact]
    public void A_store_that_ignores_versions_exceeds_the_stock() =>
        Breaks(new SimulationParts { Ledger = () => new LedgerThatIgnoresVersions() }, Invariants.RuleOf(Invariants.Stock));

    [Fact]
    public void A_store_that_checks_only_written_streams_refuses_while_units_remain() => Breaks(
        new SimulationParts { Ledger = () => new LedgerThatChecksOnlyWrittenStreams() },
        "positions rise by one in the order of the events",
        "a treasure is only exhausted when no unit is left");

    [Fact]
    public void A_store_that_accepts_an_id_twice_decides_a_claim_twice() =>
        Breaks(new SimulationParts { Ledger = () => new LedgerThatIgnoresVersionsAndIds() }, Invariants.RuleOf(Invariants.OneOutcome));

    [Fact]
    public void Expected_versions_alone_prevent_repeated_ids() =>
        Assert.All(
            Enumerable.Range(1, 300),
            seed => Assert.Null(Simulation.Run(seed, new SimulationParts { Ledger = () => new LedgerThatIgnoresIds() }).BrokenPromise));

    [Fact]
    public void A_store_that_shares_a_reservation_exceeds_the_limit_of_a_hunt() =>
        Breaks(new SimulationParts { Ledger = () => new LedgerThatSharesReservations() }, Invariants.RuleOf(Invariants.PlayerLimit));

    [Fact]
    public void A_queue_that_confirms_lost_messages_loses_claims() =>
        Breaks(new SimulationParts
        {
            Bus = (schedule, promises) => new QueueThatLosesConfirmedMessages(schedule, promises),
        }, Invariants.RuleOf(Invariants.NothingLost));

    [Fact]
    public void A_worker_that_acknowledges_before_it_commits_loses_claims() =>
        Breaks(new SimulationParts
        {
            Worker = (name, context) => new WorkerThatAcknowledgesTooEarly(name, context),
        }, Invariants.RuleOf(Invariants.NothingLost));

    [Fact]
    public void A_worker_that_ignores_commit_failures_returns_unrecorded_outcomes() =>
        Breaks(new SimulationParts
        {
            Worker = (name, context) => new WorkerThatIgnoresCommitFailures(name, context),
        }, "a returned outcome is the recorded one");

    [Fact]
    public void A_worker_that_uses_its_own_clock_is_detected() =>
        Breaks(new SimulationParts
        {
            Worker = (name, context) => new WorkerThatUsesItsOwnClock(name, context),
        }, "a claim keeps the time at which it was accepted");

    [Fact]
    public void A_claim_that_overtakes_an_earlier_one_is_detected()
    {
        var schedule = new Schedule(1);
        var promises = new SimulationPromises(schedule);
        var events = Open(Hidden(stock: 2)).When(Claim("alice"), Claim("bob")).Ledger.Entries;
        promises.HoldIn(events);
        schedule.RunWithin(1, () =>
        {
            promises.Sent(Claim("bob"));
            promises.Returned(events.Select(entry => entry.Event).OfType<TreasureAwarded>().Single(award => award.PlayerId == "bob"));
            schedule.RunWithin(1, () => promises.Sent(Claim("alice")));
        });
        Assert.True(schedule.Run());

        Assert.Equal(
            "a claim sent after the outcome of another has a later position",
            Assert.ThrowsAny<XunitException>(promises.HoldAtTheEnd).Message);
    }

    private void Breaks(SimulationParts make, params string[] promises)
    {
        foreach (var promise in promises)
        {
            var found = Enumerable.Range(1, Seeds).Select(seed => Simulation.Run(seed, make)).FirstOrDefault(
                trace => trace.BrokenPromise?.Split("; ").Contains(promise) == true);
            Assert.True(found is not null, $"not broken by {Seeds} seeds: {promise}");
            output.WriteLine($"{promise}: found by seed {found.Seed}");
        }
    }
}
