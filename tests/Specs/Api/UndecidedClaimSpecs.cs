using TreasureHunt.Api.Admission;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>When an Api says that decisions stand still.</summary>
public sealed class UndecidedClaimSpecs
{
    private readonly ManualTime _time = new();
    private readonly Dictionary<Guid, ClaimView> _decided = [];
    private readonly UndecidedClaims _claims;
    private int _asked;

    public UndecidedClaimSpecs() => _claims = new UndecidedClaims(
        (claimId, _) =>
        {
            _asked++;
            return Task.FromResult(_decided.GetValueOrDefault(claimId));
        },
        _time);

    [Fact]
    public async Task Claims_that_are_decided_in_time_are_no_reason()
    {
        for (var n = 0; n < 100; n++)
        {
            Decide(Accept(n));
            Assert.False(await StandsStillAfter(seconds: 1));
        }

        Assert.InRange(_asked, 1, 25);
    }

    [Fact]
    public async Task Claims_that_wait_for_half_a_minute_and_none_after_them_is_decided()
    {
        for (var n = 0; n < 29; n++)
        {
            Accept(n);
            Assert.False(await StandsStillAfter(seconds: 1));
        }

        Assert.True(await StandsStillAfter(seconds: 1));
    }

    [Fact]
    public async Task It_is_over_when_a_later_claim_is_decided()
    {
        await StandStill();

        Decide(Accept(99));

        Assert.False(await StandsStillAfter(seconds: 5));
    }

    [Fact]
    public async Task One_claim_that_is_never_decided_does_not_speak_against_those_that_are()
    {
        Accept(0);
        for (var n = 1; n < 100; n++)
        {
            Decide(Accept(n));
            Assert.False(await StandsStillAfter(seconds: 6));
        }
    }

    [Fact]
    public async Task A_lone_claim_that_is_never_decided_does_not_speak_for_ever()
    {
        await StandStill();

        Assert.False(await StandsStillAfter(seconds: 601));
    }

    [Fact]
    public async Task A_shard_that_is_decided_does_not_speak_for_another()
    {
        Accept(0, shard: 3);
        for (var n = 1; n < 30; n++)
        {
            Decide(Accept(n, shard: 0));
            Assert.False(await StandsStillAfter(seconds: 1));
        }

        Assert.True(await StandsStillAfter(seconds: 1));

        Decide(Accept(99, shard: 3));
        Assert.False(await StandsStillAfter(seconds: 5));
    }

    [Fact]
    public async Task A_repeat_of_a_decided_claim_is_no_proof_of_decisions()
    {
        Decide(Accept(1));
        Assert.False(await StandsStillAfter(seconds: 5));
        await StandStill();

        Accept(1);

        Assert.True(await StandsStillAfter(seconds: 5));
    }

    [Fact]
    public async Task A_repeat_of_a_decided_claim_is_no_claim_that_waits()
    {
        Decide(Accept(1));
        Assert.False(await StandsStillAfter(seconds: 5));

        Accept(1);

        Assert.False(await StandsStillAfter(seconds: 30));
    }

    private async Task StandStill()
    {
        Accept(0);
        Assert.True(await StandsStillAfter(seconds: 30));
    }

    private async Task<bool> StandsStillAfter(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _claims.LookAsync(TestContext.Current.CancellationToken);
        return _claims.StandsStill;
    }

    private AcceptedClaim Accept(int number, int shard = 0)
    {
        var claim = new AcceptedClaim(new Guid(number, 0, 0, new byte[8]), "goose", "alice", null, _time.GetUtcNow());
        _claims.Accepted(shard, claim);
        return claim;
    }

    private void Decide(AcceptedClaim claim) =>
        _decided.Add(
            claim.ClaimId,
            new ClaimView(claim.ClaimId, claim.TreasureId, "sale", claim.PlayerId, Outcomes.Won, AcceptedAt: claim.AcceptedAt));
}
