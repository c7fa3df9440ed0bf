using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Specs.Treasures;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// Given what happened, when claims come in one batch, then each is told its outcome:
/// <c>alice: won #1</c>, or <c>bob: treasure-exhausted #2, 41 ms behind #1</c>.
/// </summary>
internal sealed class ClaimScenario
{
    private readonly Ledger _ledger = new();
    private IReadOnlyList<IClaimEvent> _outcomes = [];
    private int _recorded;

    public Ledger Ledger => _ledger;

    /// <summary>A hunt that is open from 18:00 to 20:00, and what happened in it.</summary>
    public static ClaimScenario Open(params object[] history) => History([Drafted(), Scheduled(), .. history]);

    public static ClaimScenario History(params object[] history)
    {
        var sale = new ClaimScenario();
        sale._ledger.Record(history);
        return sale;
    }

    /// <summary>A claim; its key tells it from another of the same player.</summary>
    public static AcceptedClaim Claim(
        string player, string treasure = TreasureFacts.Goose, string at = "18:30", string? proof = null, string key = "1") =>
        new(Ids.ForClaim(player, treasure, key), treasure, player, proof, At(at));

    /// <summary>Claims that were waiting together.</summary>
    public ClaimScenario When(params AcceptedClaim[] claims) => WhenDecidedAt("18:45", claims);

    public ClaimScenario WhenDecidedAt(string now, params AcceptedClaim[] claims)
    {
        var before = _ledger.Log.Count;
        var attempt = _ledger.Read(claims);
        Assert.True(attempt.TryCommit(At(now)));
        var outcomes = attempt.Outcomes.ToDictionary(outcome => outcome.ClaimId);

        _outcomes = [.. claims.Select(claim => outcomes[claim.ClaimId])];
        _recorded = _ledger.Log.Count - before;
        return this;
    }

    /// <summary>An admin's command that is allowed.</summary>
    public ClaimScenario And(IAdminCommand command)
    {
        Assert.Null(_ledger.Handle(command).Problem);
        return this;
    }

    public ClaimScenario ThenRefused(IAdminCommand command, string problem)
    {
        Assert.Equal(problem, _ledger.Handle(command).Problem);
        return this;
    }

    /// <summary>What the claims of the last batch are told, in their order.</summary>
    public ClaimScenario Then(params string[] told)
    {
        Assert.Equal(told, _outcomes.Select(ClaimDecider.OutcomeOf).Select(Tell));
        return this;
    }

    public ClaimScenario ThenRecorded(int events)
    {
        Assert.Equal(events, _recorded);
        return this;
    }

    private static string Tell(DecidedClaim claim)
    {
        Assert.True(claim is { Outcome: "won", Reason: null } or { Outcome: "rejected", Reason: not null });
        var behind = claim.WinningPosition is { } winner ? $", {claim.LateByMs} ms behind #{winner}" : "";
        return $"{claim.PlayerId}: {claim.Reason ?? claim.Outcome} #{claim.Position}{behind}";
    }
}
