using TreasureHunt.Api.Admission;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Specs.Memcached;
using TreasureHunt.Specs.Platform;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>The pause between two messages with claims.</summary>
public sealed class SendPauseSpecs
{
    private readonly ManualTime _time = new();
    private readonly TaskCompletionSource _reply = new();

    [Fact]
    public void After_a_message_of_one_claim_the_next_one_leaves_at_once() => Assert.True(Pause(_reply.Task).IsCompleted);

    [Fact]
    public async Task The_next_message_leaves_when_the_worker_has_answered_the_last_one()
    {
        var pause = Pause(null, _reply.Task);
        Assert.False(pause.IsCompleted);

        _reply.SetResult();

        await pause.WithTimeout();
    }

    [Fact]
    public async Task Without_a_reply_the_next_message_leaves_after_200_ms()
    {
        var pause = Pause(_reply.Task, _reply.Task);
        _time.Advance(SendPause.Max - TimeSpan.FromTicks(1));
        Assert.False(pause.IsCompleted);

        _time.Advance(TimeSpan.FromTicks(1));

        await pause.WithTimeout();
        Assert.Equal(TimeSpan.FromMilliseconds(200), SendPause.Max);
    }

    [Fact]
    public async Task A_message_without_a_waiting_caller_is_followed_after_a_millisecond_for_each_claim()
    {
        var pause = Pause(null, null, null);
        _time.Advance(TimeSpan.FromMilliseconds(2.9));
        Assert.False(pause.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(0.1));

        await pause.WithTimeout();
    }

    [Fact]
    public async Task A_message_for_which_the_publisher_waits_is_followed_when_its_last_claim_is_decided()
    {
        var outcomes = new PendingOutcomes(new WaitingClaimLimit(new AdmissionOptions(), _time));
        var claims = Enumerable.Range(0, 2)
            .Select(_ => new UnsentClaim(new AcceptedClaim(Ids.Fresh(), "t", "p", null, _time.GetUtcNow()), null)).ToList();
        var last = claims[^1].Claim.ClaimId;
        using var outcome = claims[^1].OutcomeForPause = outcomes.Register([last], isLimited: false);
        var pause = new SendPause(_time).AfterAsync(claims);
        Assert.False(pause.IsCompleted);

        outcomes.Complete(
            [new DecidedClaim(last, "t", "h", "p", "won", null, 1, null, null, _time.GetUtcNow(), _time.GetUtcNow())]);

        await pause.WithTimeout();
    }

    private Task Pause(params Task?[] replies) => new SendPause(_time).AfterAsync(
        [.. replies.Select(reply => new UnsentClaim(new AcceptedClaim(Guid.Empty, "t", "p", null, _time.GetUtcNow()), reply))]);
}
