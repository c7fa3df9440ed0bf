using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Specs.Claims;
using Xunit;

namespace TreasureHunt.Specs.Simulation;

/// <summary>
/// What the engine promises, held against the log and against what players saw. The promises that concern the log alone are
/// the auditor's, and those below.
/// </summary>
internal sealed class SimulationPromises(Schedule schedule)
{
    private readonly Dictionary<Guid, (int FirstStep, List<DateTimeOffset> Times)> _sent = [];
    private readonly Dictionary<Guid, (int Step, IClaimEvent Outcome)> _firstTold = [];
    private readonly HashSet<Guid> _confirmed = [];
    private IReadOnlyList<Ledger.LedgerEntry> _log = [];

    public void Sent(AcceptedClaim claim)
    {
        _sent.TryAdd(claim.ClaimId, (schedule.Step, []));
        _sent[claim.ClaimId].Times.Add(claim.AcceptedAt);
    }

    public void Confirmed(AcceptedClaim claim) => _confirmed.Add(claim.ClaimId);

    public void Told(IClaimEvent outcome)
    {
        _firstTold.TryAdd(outcome.ClaimId, (schedule.Step, outcome));
        Assert.True(_log.Any(entry => outcome.Equals(entry.Event)), "an outcome that a player is told is the recorded one");
    }

    /// <summary>Promises that hold after every commit.</summary>
    public void HoldIn(IReadOnlyList<Ledger.LedgerEntry> log)
    {
        _log = log;
        LedgerInvariants.Audit(log);
        var closesAt = log.Select(entry => entry.Event).OfType<HuntDrafted>().Single().ClosesAt;
        foreach (var treasure in log.Select(entry => entry.Event).OfType<ITreasureEvent>().GroupBy(e => e.TreasureId))
        {
            CheckLine(treasure, closesAt);
        }
    }

    /// <summary>Promises that hold once nothing is under way.</summary>
    public void HoldAtTheEnd()
    {
        HoldIn(_log);
        var outcomes = _log.Select(entry => entry.Event).OfType<IClaimEvent>().ToDictionary(outcome => outcome.ClaimId);
        Assert.True(_confirmed.All(outcomes.ContainsKey), "a confirmed claim gets an outcome");
        Assert.True(
            outcomes.Values.All(outcome => _sent[outcome.ClaimId].Times.Contains(outcome.AcceptedAt)),
            "a claim keeps the time at which it was accepted");
        foreach (var (step, told) in _firstTold.Values)
        {
            var later = outcomes.Values.Where(other => other.TreasureId == told.TreasureId && _sent[other.ClaimId].FirstStep > step);
            Assert.True(
                later.All(other => other.Position > told.Position), "a claim sent after another was told its outcome has a later place");
        }
    }

    private static void CheckLine(IEnumerable<ITreasureEvent> treasure, DateTimeOffset closesAt)
    {
        var (units, place) = (0, 0);
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
                Assert.True(outcome.Position == ++place, "places go up by one in the order of the log");
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
