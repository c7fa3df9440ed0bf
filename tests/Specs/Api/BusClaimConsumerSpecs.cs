using System.Net.Sockets;
using TreasureHunt.Api.Admission;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Retries of the send of a claim from the bus to its shard.</summary>
public sealed class BusClaimConsumerSpecs
{
    private readonly List<Exception> _reported = [];
    private int _attempts;

    [Fact]
    public async Task A_claim_is_resent_until_the_broker_confirms_it_and_the_failure_is_reported_once()
    {
        await Send(n => n < 50 ? Task.FromException(new SocketException()) : Task.CompletedTask);

        Assert.Equal((50, 1), (_attempts, _reported.Count));
    }

    [Fact]
    public async Task A_claim_is_resent_when_the_intake_is_full()
    {
        await Send(n => n < 50 ? null : Task.CompletedTask);

        Assert.Equal((50, 0), (_attempts, _reported.Count));
    }

    [Fact]
    public async Task A_permanent_failure_is_thrown_immediately()
    {
        await Assert.ThrowsAsync<InvalidMessageException>(
            () => Send(_ => Task.FromException(new InvalidMessageException("broken"))));

        Assert.Equal((1, 1), (_attempts, _reported.Count));
    }

    [Fact]
    public async Task An_unknown_failure_is_thrown_after_five_attempts()
    {
        await Assert.ThrowsAsync<NotSupportedException>(
            () => Send(n => Task.FromException(n % 2 == 0 ? new SocketException() : new NotSupportedException())));

        Assert.Equal((9, 1), (_attempts, _reported.Count));
    }

    private async Task Send(Func<int, Task?> trySend)
    {
        var time = new ManualTime();
        var sending = BusClaimConsumer.SendAsync(() => trySend(++_attempts), _reported.Add, time, TestContext.Current.CancellationToken);
        await time.AdvanceUntilAsync(
            sending.ContinueWith(_ => true, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default));
        await sending;
    }
}
