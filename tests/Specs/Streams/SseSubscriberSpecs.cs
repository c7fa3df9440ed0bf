using TreasureHunt.Api.Streaming;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>The events that one client of a stream gets.</summary>
public sealed class SseSubscriberSpecs : SseSubscriberScenario
{
    [Fact]
    public void A_client_gets_the_retry_interval_first_and_then_the_full_state()
    {
        _ = Subscriber;

        var text = ReadAll();

        Assert.StartsWith("retry: 1000\n\nevent: hunt\n", text, StringComparison.Ordinal);
        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Sent(text));
    }

    [Fact]
    public void A_slow_client_gets_the_latest_state_without_intermediate_ones()
    {
        Subscriber.SendChanges(State);
        for (var left = 4; left > 0; left--)
        {
            State.Apply(Goose(20 - left, left), Now);
            Subscriber.SendChanges(State);
        }

        Assert.Equal(["hunt open", "goose 5", "lamp 3"], Sent(ReadAll()));
        Subscriber.SendChanges(State);
        Assert.Equal(["goose 1"], Sent(ReadAll()));
        Subscriber.SendChanges(State);
        Assert.Equal("", ReadAll());
    }

    [Fact]
    public void A_client_without_changes_gets_a_keep_alive_comment()
    {
        _ = Subscriber;
        ReadAll();
        Subscriber.SendChanges(State);
        Assert.Equal("", ReadAll());

        Time.Advance(SseSubscriber.HeartbeatInterval);
        Subscriber.SendChanges(State);

        Assert.Equal(": keep-alive\n\n", ReadAll());
    }
}
