using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Claims;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The wait of <c>GET /v1/claims/{claimId}</c> for an outcome.</summary>
public sealed class PendingClaimSpecs
{
    private readonly AutoAdvancingTime _time = new();
    private int _reads;

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_pending_claim_is_read_until_the_timeout_even_when_the_wall_clock_changes(int hours)
    {
        var since = _time.GetTimestamp();

        var seen = await Read(TimeSpan.FromSeconds(5), read =>
        {
            _time.WallClockSetBy = TimeSpan.FromHours(read == 0 ? 0 : hours);
            return Outcomes.Pending;
        });

        Assert.Equal(Outcomes.Pending, seen?.View.Outcome);
        // The claim is polled at least every 100 ms.
        Assert.InRange(_time.GetElapsedTime(since), TimeSpan.FromSeconds(4.9), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(Outcomes.Won)]
    [InlineData(null)]
    public async Task The_wait_ends_when_the_claim_is_decided_or_not_found(string? outcome)
    {
        var seen = await Read(TimeSpan.FromSeconds(5), read => read < 3 ? Outcomes.Pending : outcome);

        Assert.Equal((outcome, 4), (seen?.View.Outcome, _reads));
    }

    private Task<ReadView<ClaimView>?> Read(TimeSpan timeout, Func<int, string?> outcome) => ClaimPolling.ReadUntilDecidedAsync(
        () => ValueTask.FromResult(
            outcome(_reads++) is { } known
                ? new ReadView<ClaimView>(1, new ClaimView(Guid.Empty, "goose", "sale", "alice", known), _time.GetUtcNow()) : null),
        timeout,
        _time,
        TestContext.Current.CancellationToken);
}
