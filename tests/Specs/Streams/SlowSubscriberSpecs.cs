using System.IO.Pipelines;
using System.Text;
using TreasureHunt.Api.Streaming;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>Slow clients stay connected as long as they read.</summary>
public sealed class SlowSubscriberSpecs : SseSubscriberScenario
{
    [Fact]
    public void A_client_that_reads_nothing_is_dropped()
    {
        Subscriber.SendChanges(State);
        Time.Advance(SseSubscriber.WriteTimeout - TimeSpan.FromMilliseconds(1));
        Subscriber.SendChanges(State);
        Assert.False(Subscriber.Closed.IsCompleted);

        Time.Advance(TimeSpan.FromMilliseconds(1));
        Subscriber.SendChanges(State);

        Assert.True(Subscriber.Closed.IsCompleted);
        Assert.True(Subscriber.IsDropped);
        Assert.True(Subscriber.HasUnsentBytes);
    }

    [Fact]
    public void A_client_that_keeps_reading_stays_connected()
    {
        for (var n = 0; n < 20; n++)
        {
            State.Apply(Goose(20 + n, left: 50 - n), Now);
            Subscriber.SendChanges(State);
            Time.Advance(SseSubscriber.WriteTimeout - TimeSpan.FromMilliseconds(1));
            ReadAll();
        }

        Subscriber.SendChanges(State);

        Assert.False(Subscriber.Closed.IsCompleted);
    }

    [Fact]
    public void A_client_on_a_slow_connection_receives_a_first_snapshot_that_takes_minutes()
    {
        var state = StateWith([.. Enumerable.Range(0, 2_000).Select(n => Numbered(n))]);
        var subscriber = new SseSubscriber(Pipe.Writer, Time);
        subscriber.Start("retry: 1000\n\n"u8, state.ChangesAfter(ResumeToken.Start));

        var text = new StringBuilder();
        for (var read = ReadAll(); read.Length > 0; read = ReadAll())
        {
            text.Append(read);
            Time.Advance(SseSubscriber.WriteTimeout - TimeSpan.FromMilliseconds(1));
            subscriber.SendChanges(state);
            Assert.False(subscriber.Closed.IsCompleted);
        }

        Assert.Equal(2_001, Sent(text.ToString()).Count());
    }

    [Fact]
    public void A_client_that_stops_reading_within_a_snapshot_is_dropped()
    {
        var state = StateWith([.. Enumerable.Range(0, 2_000).Select(n => Numbered(n))]);
        var subscriber = new SseSubscriber(Pipe.Writer, Time);
        subscriber.Start("retry: 1000\n\n"u8, state.ChangesAfter(ResumeToken.Start));
        ReadAll();

        Time.Advance(SseSubscriber.WriteTimeout);
        subscriber.SendChanges(state);

        Assert.True(subscriber.IsDropped);
    }
}
