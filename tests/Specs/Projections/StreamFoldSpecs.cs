using TreasureHunt.EventStore.Reading;
using TreasureHunt.Projections.Runtime;
using Xunit;

namespace TreasureHunt.Specs.Projections;

/// <summary>What a page makes of the streams that it touches.</summary>
public sealed class StreamFoldSpecs
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_cannot_be_folded_stops_no_other_and_says_why()
    {
        var folds = Folds(
            (view, @event) => (string)@event == "poison" ? throw new InvalidOperationException("no such thing") : $"{view}{@event}");

        var streams =
            await folds.AdvanceAsync(
                [Fact(1, "a", 1, "x"), Fact(2, "b", 1, "poison"), Fact(3, "a", 2, "y"), Fact(4, "c", 1, "z")], Cancellation);

        Assert.Equal(
            [("a", 3L, "xy"), ("b", 2L, null), ("c", 4L, "z")],
            streams.Select(stream => (stream.Stream, stream.State.Sequence, stream.State.Value)));
        Assert.Equal("no such thing", streams[1].Failure!.Message);
    }

    [Fact]
    public async Task An_event_that_is_in_the_fold_already_changes_nothing()
    {
        var folds = Folds((view, @event) => $"{view}{@event}");
        await folds.AdvanceAsync([Fact(1, "a", 1, "x"), Fact(2, "a", 2, "y")], Cancellation);

        var again = await folds.AdvanceAsync([Fact(1, "a", 1, "x"), Fact(2, "a", 2, "y"), Fact(3, "a", 3, "z")], Cancellation);

        Assert.Equal("xyz", Assert.Single(again).State.Value);
    }

    // Every stream begins in these pages, so nothing is read from the event store.
    private static StreamStates<string> Folds(Func<string?, object, string?> fold) => new(null!, fold);

    private static RecordedEvent Fact(long sequence, string stream, long version, string data) =>
        new(sequence, stream, version, DateTimeOffset.UnixEpoch, data);
}
