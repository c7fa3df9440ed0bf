using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>The states of streams after a batch of events.</summary>
public sealed class StreamStatesSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_with_a_failing_event_does_not_stop_the_others_and_reports_its_failure()
    {
        var states = StatesWith(
            (view, @event) => (string)@event == "poison" ? throw new InvalidOperationException("invalid event") : $"{view}{@event}");

        var streams =
            await states.ApplyEventsAsync(
                [Event(1, "a", 1, "x"), Event(2, "b", 1, "poison"), Event(3, "a", 2, "y"), Event(4, "c", 1, "z")], Cancellation);

        Assert.Equal(
            [("a", 3L, "xy"), ("b", 2L, null), ("c", 4L, "z")],
            streams.Select(stream => (stream.Stream, stream.State.Sequence, stream.State.Value)));
        Assert.Equal("invalid event", streams[1].Failure!.Message);
    }

    [Fact]
    public async Task An_event_that_was_applied_already_changes_nothing()
    {
        var states = StatesWith((view, @event) => $"{view}{@event}");
        await states.ApplyEventsAsync([Event(1, "a", 1, "x"), Event(2, "a", 2, "y")], Cancellation);

        var again = await states.ApplyEventsAsync([Event(1, "a", 1, "x"), Event(2, "a", 2, "y"), Event(3, "a", 3, "z")], Cancellation);

        Assert.Equal("xyz", Assert.Single(again).State.Value);
    }

    // Every stream begins in these batches, so nothing is read from the event store.
    private static StreamStates<string> StatesWith(Func<string?, object, string?> evolve) => new(null!, evolve);

    private static RecordedEvent Event(long sequence, string stream, long version, string data) =>
        new(sequence, stream, version, DateTimeOffset.UnixEpoch, data);
}
