using System.Net.Sockets;
using TreasureHunt.Api.Admission;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>How often a storefront's claim is sent to its shard.</summary>
public sealed class BusIntakeSpecs
{
    private readonly List<Exception> _told = [];
    private int _tries;

    [Fact]
    public async Task While_the_broker_is_away_it_is_sent_again_until_it_is_safe_and_that_is_told_once()
    {
        await Send(n => n < 50 ? Task.FromException(new SocketException()) : Task.CompletedTask);

        Assert.Equal((50, 1), (_tries, _told.Count));
    }

    [Fact]
    public async Task When_there_is_no_room_it_is_sent_again()
    {
        await Send(n => n < 50 ? null : Task.CompletedTask);

        Assert.Equal((50, 0), (_tries, _told.Count));
    }

    [Fact]
    public async Task What_no_retry_can_mend_is_thrown_at_once()
    {
        await Assert.ThrowsAsync<InvalidMessageException>(() => Send(_ => Task.FromException(new InvalidMessageException("broken"))));

        Assert.Equal((1, 1), (_tries, _told.Count));
    }

    [Fact]
    public async Task An_unknown_failure_is_thrown_after_five_tries()
    {
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Send(n => Task.FromException(n % 2 == 0 ? new SocketException() : new NotSupportedException())));

        Assert.Equal((9, 1), (_tries, _told.Count));
    }

    private async Task Send(Func<int, Task?> trySend)
    {
        var time = new ManualTime();
        var sending = BusClaimConsumer.SendAsync(() => trySend(++_tries), _told.Add, time, TestContext.Current.CancellationToken);
        await time.AdvanceUntilAsync(
            sending.ContinueWith(_ => true, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default));
        await sending;
    }
}
