using TreasureHunt.Platform.Batching;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Items that arrive during a round leave together in the next one.</summary>
public class RoundsSpecs
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMilliseconds(10);

    private readonly ManualTime _time = new();
    private readonly List<IReadOnlyList<int>> _sent = [];
    private readonly List<TaskCompletionSource> _answers = [];
    private readonly Rounds<int> _rounds;

    public RoundsSpecs() => _rounds = new Rounds<int>(SendAsync, MaxDuration, _time);

    private string Sent => string.Join(" | ", _sent.Select(round => string.Join(' ', round)));

    [Fact]
    public void The_first_item_leaves_at_once_and_later_ones_leave_together_after_its_answer()
    {
        Add(1, 2, 3);
        Assert.Equal("1", Sent);

        _answers[0].SetResult();
        Assert.Equal("1 | 2 3", Sent);
    }

    [Fact]
    public void An_item_after_the_last_answer_leaves_at_once()
    {
        Add(1);
        _answers[0].SetResult();
        Add(2);

        Assert.Equal("1 | 2", Sent);
    }

    [Fact]
    public async Task A_round_without_an_answer_delays_the_next_one_for_the_maximum_only()
    {
        Add(1, 2);
        await _time.WaitForTimerAsync().WithTimeout();
        Assert.Equal("1", Sent);

        _time.Advance(MaxDuration);
        Assert.Equal("1 | 2", Sent);
        _answers[1].SetResult();
        Add(3);
        Assert.Equal("1 | 2 | 3", Sent);
    }

    [Fact]
    public async Task Every_item_leaves_once_in_the_order_of_its_caller()
    {
        var sent = new List<int>();
        var rounds = new Rounds<int>(
            async round =>
            {
                await Task.Yield();
                lock (sent)
                {
                    sent.AddRange(round);
                }
            },
            TestDuration, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() =>
        {
            for (var n = 0; n < 1_000; n++)
            {
                rounds.Add((caller * 1_000) + n);
            }
        })));

        await Task.Run(() => SpinWait.SpinUntil(() => Count(sent) == 8_000), TestContext.Current.CancellationToken).WithTimeout();
        Assert.All(
            sent.GroupBy(item => item / 1_000), caller => Assert.Equal(caller.Order(), caller));
        Assert.Equal(8_000, sent.Distinct().Count());
    }

    private static readonly TimeSpan TestDuration = TimeSpan.FromMinutes(1);

    private static int Count(List<int> sent)
    {
        lock (sent)
        {
            return sent.Count;
        }
    }

    private void Add(params int[] items) => Array.ForEach(items, _rounds.Add);

    private Task SendAsync(IReadOnlyList<int> round)
    {
        _sent.Add(round);
        _answers.Add(new TaskCompletionSource());
        return _answers[^1].Task;
    }
}
