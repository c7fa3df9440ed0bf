using TreasureHunt.Contracts.Commands;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Specs.Claims;

namespace TreasureHunt.Specs.Simulation;

/// <summary>Engines with one thing wrong. A simulation that cannot tell them from a sound one proves nothing.</summary>
internal static class Broken
{
    /// <summary>Records whatever it is given, on whatever state that was decided.</summary>
    public class VersionsIgnored : Ledger
    {
        protected override bool AreAsRead(IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<string, long> read) => true;
    }

    /// <summary>Compares only the streams that it writes to: an award does not see the refusals beside it, nor they the award.</summary>
    public sealed class StreamsApart : Ledger
    {
        protected override bool AreAsRead(IReadOnlyList<LedgerEntry> entries, IReadOnlyDictionary<string, long> read) =>
            entries.GroupBy(entry => entry.Stream).All(stream => stream.First().Version == VersionOf(stream.Key) + 1);
    }

    /// <summary>Ignores versions, and does not see that an event is recorded already.</summary>
    public sealed class IdsRepeated : VersionsIgnored
    {
        protected override bool AreNew(IReadOnlyList<LedgerEntry> entries) => true;
    }

    /// <summary>Does not see that an event is recorded already, and is sound in everything else.</summary>
    public sealed class IdsUnwatched : Ledger
    {
        protected override bool AreNew(IReadOnlyList<LedgerEntry> entries) => true;
    }

    /// <summary>Gives a player's place to two awards.</summary>
    public sealed class SlotsShared : Ledger
    {
        protected override bool AreFree(IReadOnlyList<Reservation> reservations) => true;
    }

    /// <summary>Confirms messages that it does not keep.</summary>
    public sealed class Forgetful(Schedule schedule, SimulationPromises promises) : SimulatedQueue(schedule, promises)
    {
        private readonly Schedule _schedule = schedule;

        protected override void Keep(AcceptedClaim claim)
        {
            if (_schedule.Any(20) > 0)
            {
                base.Keep(claim);
            }
        }
    }

    /// <summary>Acknowledges before it commits.</summary>
    public sealed class Hasty(string name, Surroundings around) : SimulatedWorker(name, around)
    {
        protected override void Read(IReadOnlyList<SimulatedQueue.SimulatedDelivery> deliveries)
        {
            Around.Bus.Acknowledge(deliveries);
            base.Read(deliveries);
        }
    }

    /// <summary>Judges claims by its own clock.</summary>
    public sealed class Clockwatching(string name, Surroundings around) : SimulatedWorker(name, around)
    {
        protected override void Read(IReadOnlyList<SimulatedQueue.SimulatedDelivery> deliveries) =>
            base.Read(
                [.. deliveries.Select(
                    delivery => new SimulatedQueue.SimulatedDelivery(delivery.Claim with { AcceptedAt = Around.Schedule.Now }))]);
    }

    /// <summary>Takes every answer of the store for a yes.</summary>
    public sealed class Deaf(string name, Surroundings around) : SimulatedWorker(name, around)
    {
        protected override void Learn(IReadOnlyList<SimulatedQueue.SimulatedDelivery> deliveries, Attempt attempt, CommitOutcome answer) =>
            base.Learn(deliveries, attempt, CommitOutcome.Committed);
    }
}
