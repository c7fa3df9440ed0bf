using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Subscriptions;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>One reading of the event store for all subscriptions.</summary>
public sealed class SharedEventReaderSpecs
{
    private const int BatchSize = 10;

    private readonly List<(long After, long UpTo)> _reads = [];
    private readonly SharedEventReader _reader;
    private TaskCompletionSource _readable = new();

    public SharedEventReaderSpecs()
    {
        _readable.SetResult();
        _reader = new SharedEventReader(ReadFromStore, BatchSize, CancellationToken.None);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Subscriptions_at_the_same_position_share_one_reading()
    {
        var first = await _reader.ReadAsync(0, 5, Cancellation);
        var second = await _reader.ReadAsync(0, 7, Cancellation);

        Assert.Equal([(0L, 5L)], _reads);
        Assert.Equal([1L, 2, 3, 4, 5], Sequences(first));
        Assert.Equal(Sequences(first), Sequences(second));
        Assert.Equal((0L, 5L), (second.After, second.UpTo));
    }

    [Fact]
    public async Task A_subscription_waits_for_the_reading_that_has_begun()
    {
        _readable = new TaskCompletionSource();
        var first = _reader.ReadAsync(0, 5, Cancellation);
        var second = _reader.ReadAsync(2, 5, Cancellation);
        Assert.False(second.IsCompleted);

        _readable.SetResult();

        Assert.Equal([3L, 4, 5], Sequences(await second));
        Assert.Equal([1L, 2, 3, 4, 5], Sequences(await first));
        Assert.Equal([(0L, 5L)], _reads);
    }

    [Fact]
    public async Task A_subscription_in_the_middle_of_a_batch_gets_the_rest_of_it()
    {
        await _reader.ReadAsync(0, 5, Cancellation);

        var rest = await _reader.ReadAsync(3, 9, Cancellation);

        Assert.Equal((3L, 5L), (rest.After, rest.UpTo));
        Assert.Equal([4L, 5], Sequences(rest));
        Assert.Single(_reads);
    }

    [Fact]
    public async Task A_subscription_that_is_far_behind_reads_for_itself_until_it_is_near()
    {
        for (var sequence = 100; sequence < 120; sequence++)
        {
            await _reader.ReadAsync(sequence, sequence + 1, Cancellation);
        }

        var near = _reads.Count;
        Assert.Equal((50L, 60L), Bounds(await _reader.ReadAsync(50, 120, Cancellation)));
        Assert.Equal(near + 1, _reads.Count);
        Assert.Equal((119L, 120L), Bounds(await _reader.ReadAsync(119, 120, Cancellation)));
        Assert.Equal(near + 1, _reads.Count);
    }

    [Fact]
    public async Task A_batch_that_is_read_ahead_is_read_once()
    {
        _reader.ReadAhead(0, 5);
        await _reader.ReadAsync(0, 5, Cancellation);

        Assert.Single(_reads);
    }

    [Fact]
    public async Task A_failed_reading_fails_for_all_who_wait_for_it_and_is_repeated()
    {
        _readable = new TaskCompletionSource();
        var waiting = new[] { _reader.ReadAsync(0, 5, Cancellation), _reader.ReadAsync(0, 5, Cancellation) };
        _readable.SetException(new TimeoutException());
        foreach (var reading in waiting)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => reading);
        }

        _readable = new TaskCompletionSource();
        _readable.SetResult();

        Assert.Equal([1L, 2, 3, 4, 5], Sequences(await _reader.ReadAsync(0, 5, Cancellation)));
        Assert.Equal(2, _reads.Count);
    }

    private static IEnumerable<long> Sequences(EventBatch batch) => batch.Events.Select(recorded => recorded.Sequence);

    private static (long, long) Bounds(EventBatch batch) => (batch.After, batch.UpTo);

    private async Task<EventBatch> ReadFromStore(long after, long upTo, CancellationToken cancellationToken)
    {
        lock (_reads)
        {
            _reads.Add((after, upTo));
        }

        await _readable.Task.WaitAsync(cancellationToken);
        var events = Enumerable.Range((int)after + 1, (int)(upTo - after))
            .Select(sequence => new RecordedEvent(sequence, "stream", sequence, DateTimeOffset.UnixEpoch, "event"));
        return new EventBatch(after, upTo, events.ToList());
    }
}
