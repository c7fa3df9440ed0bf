using TreasureHunt.Api;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>When an Api says that decisions stand still.</summary>
public sealed class UndecidedClaimSpecs
{
    private readonly ManualTime _time = new();
    private readonly HashSet<Guid> _decided = [];
    private readonly UndecidedClaims _claims;
    private int _asked;

    public UndecidedClaimSpecs() => _claims = new UndecidedClaims(
        (claimId, _) =>
        {
            _asked++;
            return Task.FromResult(_decided.Contains(claimId));
        },
        _time);

    [Fact]
    public async Task Claims_that_are_decided_in_time_are_no_reason()
    {
        for (var n = 0; n < 100; n++)
        {
            _claims.Accepted(Claim(n));
            _decided.Add(Claim(n));
            Assert.False(await StandsStillAfter(seconds: 1));
        }

        Assert.InRange(_asked, 1, 25);
    }

    [Fact]
    public async Task Claims_that_wait_for_half_a_minute_and_none_after_them_is_decided()
    {
        for (var n = 0; n < 29; n++)
        {
            _claims.Accepted(Claim(n));
            Assert.False(await StandsStillAfter(seconds: 1));
        }

        Assert.True(await StandsStillAfter(seconds: 1));
    }

    [Fact]
    public async Task It_is_over_when_a_later_claim_is_decided()
    {
        await StandStill();

        _claims.Accepted(Claim(99));
        _decided.Add(Claim(99));

        Assert.False(await StandsStillAfter(seconds: 5));
    }

    [Fact]
    public async Task One_claim_that_is_never_decided_does_not_speak_against_those_that_are()
    {
        _claims.Accepted(Claim(0));
        for (var n = 1; n < 100; n++)
        {
            _claims.Accepted(Claim(n));
            _decided.Add(Claim(n));
            Assert.False(await StandsStillAfter(seconds: 6));
        }
    }

    [Fact]
    public async Task A_lone_claim_that_is_never_decided_does_not_speak_for_ever()
    {
        await StandStill();

        Assert.False(await StandsStillAfter(seconds: 601));
    }

    private async Task StandStill()
    {
        _claims.Accepted(Claim(0));
        Assert.True(await StandsStillAfter(seconds: 30));
    }

    private async Task<bool> StandsStillAfter(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        await _claims.Look(TestContext.Current.CancellationToken);
        return _claims.StandsStill;
    }

    private static Guid Claim(int number) => new(number, 0, 0, new byte[8]);
}
