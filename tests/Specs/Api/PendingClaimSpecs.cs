using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>How long a caller of <c>GET /v1/claims/{claimId}</c> is held.</summary>
public sealed class PendingClaimSpecs
{
    private readonly HurriedTime _time = new();
    private int _reads;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_pending_claim_is_read_until_the_timeout_whatever_happens_to_the_wall_clock(int hours)
    {
        var since = _time.GetTimestamp();

        var seen = await Read(TimeSpan.FromSeconds(5), read =>
        {
            _time.WallClockSetBy = TimeSpan.FromHours(read == 0 ? 0 : hours);
            return Outcomes.Pending;
        });

        Assert.Equal(Outcomes.Pending, seen?.View.Outcome);
        // It is looked at every 100 ms at the latest.
        Assert.InRange(_time.GetElapsedTime(since), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(Outcomes.Won)]
    [InlineData(null)]
    public async Task It_ends_when_the_claim_is_decided_or_not_found(string? outcome)
    {
        var seen = await Read(TimeSpan.FromSeconds(5), read => read < 3 ? Outcomes.Pending : outcome);

        Assert.Equal((outcome, 4), (seen?.View.Outcome, _reads));
    }

    private Task<ReadView<ClaimView>?> Read(TimeSpan timeout, Func<int, string?> outcome) => PendingClaim.UntilDecidedAsync(
        () => ValueTask.FromResult(
            outcome(_reads++) is { } told
                ? new ReadView<ClaimView>(1, new ClaimView(Guid.Empty, "goose", "sale", "alice", told), _time.GetUtcNow()) : null),
        timeout,
        _time,
        TestContext.Current.CancellationToken);
}
