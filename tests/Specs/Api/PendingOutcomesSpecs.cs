using TreasureHunt.Api.Admission;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Callers wait for outcomes. Without recent outcomes, the number of waiting callers is limited.</summary>
public class PendingOutcomesSpecs
{
    private readonly AdmissionOptions _options = new();
    private readonly ManualTime _time = new();
    private readonly PendingOutcomes _pendingOutcomes;

    public PendingOutcomesSpecs() => _pendingOutcomes = new PendingOutcomes(new WaitingClaimLimit(_options, _time));

    [Fact]
    public async Task A_registered_caller_gets_the_outcome_of_its_claim()
    {
        using var pending = _pendingOutcomes.Register([Claim(1)]);

        Complete(1);

        await pending!.Completed;
        Assert.Equal(Claim(1), pending.Find(Claim(1))?.ClaimId);
    }

    [Fact]
    public void Without_recent_outcomes_callers_above_the_limit_do_not_wait()
    {
        Register(_options.MaxWaitingClaims);
        Assert.NotNull(_pendingOutcomes.Register([Claim(-1)]));

        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Null(_pendingOutcomes.Register([Claim(-2)]));
    }

    [Fact]
    public void Without_recent_outcomes_callers_up_to_the_limit_wait()
    {
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.All(Register(_options.MaxWaitingClaims), Assert.NotNull);
    }

    [Fact]
    public void An_outcome_admits_callers_again()
    {
        Register(_options.MaxWaitingClaims + 1);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Complete(0);

        Assert.NotNull(_pendingOutcomes.Register([Claim(-1)]));
    }

    [Fact]
    public void A_caller_that_gives_up_frees_its_slot()
    {
        var waiting = Register(_options.MaxWaitingClaims);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        waiting[0]!.Dispose();

        Assert.NotNull(_pendingOutcomes.Register([Claim(-1)]));
    }

    [Fact]
    public async Task A_caller_with_several_claims_gets_all_outcomes()
    {
        using var pending = _pendingOutcomes.Register([Claim(1), Claim(2), Claim(3)]);
        using var other = _pendingOutcomes.Register([Claim(2)]);

        Complete(2);
        Complete(1);
        await other!.Completed;
        Assert.Equal((false, null), (pending!.Completed.IsCompleted, pending.Find(Claim(3))));
        Complete(3);

        await pending.Completed;
        Assert.All([1, 2, 3], n => Assert.Equal(Claim(n), pending.Find(Claim(n))?.ClaimId));
    }

    [Fact]
    public async Task A_forgotten_claim_is_not_waited_for_even_when_its_outcome_arrives()
    {
        using var pending = _pendingOutcomes.Register([Claim(1), Claim(2), Claim(3)]);

        pending!.Forget(Claim(1));
        pending.Forget(Claim(1));
        Complete(1);
        Complete(2);
        pending.Forget(Claim(2));
        Assert.False(pending.Completed.IsCompleted);
        pending.Forget(Claim(3));

        await pending.Completed;
        Assert.Equal((null, Claim(2)), (pending.Find(Claim(1)), pending.Find(Claim(2))?.ClaimId));
    }

    [Fact]
    public void The_claims_of_a_stream_are_waited_for_without_recent_outcomes()
    {
        Register(_options.MaxWaitingClaims);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.NotNull(_pendingOutcomes.Register([Claim(-1)], isLimited: false));
    }

    private List<PendingOutcome?> Register(int callers) =>
        [.. Enumerable.Range(0, callers).Select(n => _pendingOutcomes.Register([Claim(n)]))];

    private static Guid Claim(int n) => Ids.ForClaim("player", "treasure", $"{n}");

    private void Complete(int n) => _pendingOutcomes.Complete(
        [new DecidedClaim(
            Claim(n), "treasure", "hunt", "player", Outcomes.Won, null, 1, null, null, _time.GetUtcNow(), _time.GetUtcNow())]);
}
