using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Specs.Treasures;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// A test of claims: given a history, when claims are decided in one batch, then each has its outcome:
/// <c>alice: won #1</c>, or <c>bob: treasure-exhausted #2, 41 ms behind #1</c>.
/// </summary>
internal sealed class ClaimScenario
{
    private readonly Ledger _ledger = new();
    private IReadOnlyList<IClaimEvent> _outcomes = [];
    private int _recorded;

    public Ledger Ledger => _ledger;

    /// <summary>A hunt that is open from 18:00 to 20:00, followed by a history.</summary>
    public static ClaimScenario Open(params object[] history) => History([Drafted(), Scheduled(), .. history]);

    public static ClaimScenario History(params object[] history)
    {
        var scenario = new ClaimScenario();
        scenario._ledger.Record(history);
        return scenario;
    }

    /// <summary>A claim. The key distinguishes claims of one player on one treasure.</summary>
    public static AcceptedClaim Claim(
        string player, string treasure = TreasureExamples.Goose, string at = "18:30", string? proof = null, string key = "1") =>
        new(Ids.ForClaim(player, treasure, key), treasure, player, proof, At(at));

    /// <summary>Decides claims in one batch at 18:45.</summary>
    public ClaimScenario When(params AcceptedClaim[] claims) => WhenDecidedAt("18:45", claims);

    public ClaimScenario WhenDecidedAt(string now, params AcceptedClaim[] claims)
    {
        var before = _ledger.Entries.Count;
        var attempt = _ledger.Read(claims);
        Assert.True(attempt.TryCommit(At(now)));
        var outcomes = attempt.Outcomes.ToDictionary(outcome => outcome.ClaimId);

        _outcomes = [.. claims.Select(claim => outcomes[claim.ClaimId])];
        _recorded = _ledger.Entries.Count - before;
        return this;
    }

    /// <summary>Handles an admin command, which must be allowed.</summary>
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

    /// <summary>Checks the outcomes of the last batch, in the order of its claims.</summary>
    public ClaimScenario Then(params string[] expected)
    {
        Assert.Equal(expected, _outcomes.Select(ClaimDecider.ToDecidedClaim).Select(Describe));
        return this;
    }

    public ClaimScenario ThenRecorded(int events)
    {
        Assert.Equal(events, _recorded);
        return this;
    }

    private static string Describe(DecidedClaim claim)
    {
        Assert.True(claim is { Outcome: "won", Reason: null } or { Outcome: "rejected", Reason: not null });
        var behind = claim.WinningPosition is { } winner ? $", {claim.LateByMs} ms behind #{winner}" : "";
        return $"{claim.PlayerId}: {claim.Reason ?? claim.Outcome} #{claim.Position}{behind}";
    }
}
