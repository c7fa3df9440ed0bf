using TreasureHunt.Commands.Locking;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>Locks that are kept for the next user.</summary>
public sealed class KeptLockSpecs : IAsyncDisposable
{
    private static readonly TimeSpan KeepTime = TimeSpan.FromMilliseconds(250);

    private readonly ManualTime _time = new();
    private readonly List<FakeLock> _acquired = [];
    private readonly KeptLocks<FakeLock> _locks;
    private Func<FakeLock> _next = () => new FakeLock();

    public KeptLockSpecs() => _locks = new KeptLocks<FakeLock>(AcquireAsync, taken => taken.IsHeld, KeepTime, _time);

    public ValueTask DisposeAsync() => _locks.DisposeAsync();

    [Fact]
    public async Task The_next_user_gets_the_kept_lock()
    {
        await Use("goose");
        await Use("goose");
        await Use("hen");

        Assert.Equal(2, _acquired.Count);
        Assert.All(_acquired, taken => Assert.False(taken.IsReleased));
    }

    [Fact]
    public async Task An_unused_lock_is_released_after_its_time()
    {
        await Use("goose");
        _time.Advance(KeepTime / 2);
        await Use("hen");

        _time.Advance(KeepTime / 2);
        Assert.Equal([true, false], _acquired.Select(taken => taken.IsReleased));

        _time.Advance(KeepTime);
        Assert.Equal([true, true], _acquired.Select(taken => taken.IsReleased));
    }

    [Fact]
    public async Task A_lock_in_use_is_not_released()
    {
        var taken = await Take("goose");

        _time.Advance(10 * KeepTime);

        Assert.False(taken.IsReleased);
    }

    [Fact]
    public async Task A_lost_lock_is_not_kept()
    {
        var taken = await Take("goose");
        taken.IsHeld = false;

        await _locks.ReleaseAsync("goose", taken);

        Assert.True(taken.IsReleased);
        Assert.NotSame(taken, await Take("goose"));
    }

    [Fact]
    public async Task A_lock_that_is_lost_while_it_is_kept_is_acquired_again()
    {
        await Use("goose");
        _acquired[0].IsHeld = false;

        Assert.NotSame(_acquired[0], await Take("goose"));
        Assert.True(_acquired[0].IsReleased);
    }

    [Fact]
    public async Task A_lock_for_which_another_user_waits_is_released_at_once()
    {
        var taken = await Take("goose");
        var free = new TaskCompletionSource();
        _next = () => new FakeLock { Free = free.Task };
        var waiting = Take("goose");

        await _locks.ReleaseAsync("goose", taken);
        Assert.True(taken.IsReleased);

        free.SetResult();
        Assert.NotSame(taken, await waiting);
    }

    [Fact]
    public async Task Disposing_releases_the_kept_locks()
    {
        await Use("goose");
        var taken = await Take("hen");

        await _locks.DisposeAsync();
        Assert.True(_acquired[0].IsReleased);

        await _locks.ReleaseAsync("hen", taken);
        Assert.True(taken.IsReleased);
    }

    private async Task Use(string name) => await _locks.ReleaseAsync(name, await Take(name));

    private Task<FakeLock> Take(string name) => _locks.TakeAsync(name, TestContext.Current.CancellationToken);

    private async Task<FakeLock> AcquireAsync(string name, CancellationToken cancellationToken)
    {
        var acquired = _next();
        await acquired.Free;
        _acquired.Add(acquired);
        return acquired;
    }

    private sealed class FakeLock : IAsyncDisposable
    {
        public Task Free { get; init; } = Task.CompletedTask;

        public bool IsHeld { get; set; } = true;

        public bool IsReleased { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsReleased = true;
            return ValueTask.CompletedTask;
        }
    }
}
