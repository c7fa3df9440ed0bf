using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.InvariantChecker;
using TreasureHunt.Specs.Claims;
using Xunit;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// Checks the guarantees against the events and the outcomes that players got. <see cref="LedgerInvariants"/> has the checks that need
/// the events only.
/// </summary>
internal sealed class SimulationPromises(Schedule schedule)
{
    private readonly Dictionary<Guid, (int FirstStep, AcceptedClaim Claim, List<DateTimeOffset> Times)> _sent = [];
    private readonly Dictionary<Guid, (int Step, IClaimEvent Outcome)> _firstReturned = [];
    private readonly HashSet<Guid> _confirmed = [];
    private IReadOnlyList<Ledger.LedgerEntry> _events = [];

    public void Sent(AcceptedClaim claim)
    {
        _sent.TryAdd(claim.ClaimId, (schedule.Step, claim, []));
        _sent[claim.ClaimId].Times.Add(claim.AcceptedAt);
    }

    public void Confirmed(AcceptedClaim claim) => _confirmed.Add(claim.ClaimId);

    public void Returned(IClaimEvent outcome)
    {
        _firstReturned.TryAdd(outcome.ClaimId, (schedule.Step, outcome));
        Assert.True(_events.Any(entry => outcome.Equals(entry.Event)), "a returned outcome is the recorded one");
    }

    /// <summary>Guarantees that hold after every commit.</summary>
    public void HoldIn(IReadOnlyList<Ledger.LedgerEntry> events)
    {
        _events = events;
        LedgerInvariants.Audit(events);
        var closesAt = events.Select(entry => entry.Event).OfType<HuntDrafted>().Single().ClosesAt;
        foreach (var treasure in events.Select(entry => entry.Event).OfType<ITreasureEvent>().GroupBy(e => e.TreasureId))
        {
            CheckTreasure(treasure, closesAt);
        }
    }

    /// <summary>The guarantee of the order within one transaction of a worker.</summary>
    public static void HoldInTransaction(IReadOnlyList<Ledger.LedgerEntry> events)
    {
        foreach (var treasure in events.Select(entry => entry.Event).OfType<IClaimEvent>().GroupBy(e => e.TreasureId))
        {
            var received = treasure.OrderBy(outcome => outcome.Position).Select(outcome => outcome.AcceptedAt).ToList();
            Assert.True(received.SequenceEqual(received.Order()), "a transaction decides claims in the order in which they were received");
        }
    }

    /// <summary>Guarantees that hold after the last step.</summary>
    public void HoldAtTheEnd()
    {
        HoldIn(_events);
        var outcomes = LedgerInvariants.Audit(_events, _sent.Values.Select(sent => Observed(sent.Claim))).Outcomes;
        Assert.True(
            outcomes.Values.All(outcome => _sent[outcome.ClaimId].Times.Contains(outcome.AcceptedAt)),
            "a claim keeps the time at which it was accepted");
        foreach (var (step, first) in _firstReturned.Values)
        {
            var later = outcomes.Values.Where(other => other.TreasureId == first.TreasureId && _sent[other.ClaimId].FirstStep > step);
            Assert.True(
                later.All(other => other.Position > first.Position), "a claim sent after the outcome of another has a later position");
        }
    }

    private ClaimObservation Observed(AcceptedClaim claim) => new(
        claim.ClaimId, claim.PlayerId, claim.TreasureId, ProofRight: true, Accepted: _confirmed.Contains(claim.ClaimId), Refused: false,
        Unsure: !_confirmed.Contains(claim.ClaimId));

    private static void CheckTreasure(IEnumerable<ITreasureEvent> treasure, DateTimeOffset closesAt)
    {
        var (units, position) = (0, 0);
        foreach (var @event in treasure)
        {
            units += @event switch
            {
                TreasureHidden e => e.Stock,
                TreasureRestocked e => e.Units,
                AwardRevoked => 1,
                TreasureAwarded => -1,
                _ => 0,
            };
            if (@event is IClaimEvent outcome)
            {
                Assert.True(outcome.Position == ++position, "positions rise by one in the order of the events");
                Assert.True(
                    (outcome.AcceptedAt >= closesAt) == (@event is ClaimRefused { Reason: Reasons.HuntClosed }),
                    "a claim is too late by the time at which it was accepted");
            }

            Assert.True(
                units <= 0 || @event is not ClaimRefused { Reason: Reasons.TreasureExhausted },
                "a treasure is only exhausted when no unit is left");
        }
    }
}
