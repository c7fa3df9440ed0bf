using System.IO.Pipelines;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>Clients that end their connection.</summary>
public sealed class SubscriberDisconnectSpecs : SseSubscriberScenario
{
    [Fact]
    public void Nothing_is_written_to_a_client_that_has_left()
    {
        _ = Subscriber;
        ReadAll();
        Subscriber.Close();
        State.Apply(Goose(20, left: 1), Now);

        Subscriber.SendChanges(State);

        Assert.True(Subscriber.Closed.IsCompleted);
        Assert.False(Subscriber.IsDropped);
        Assert.Equal("", ReadAll());
    }

    [Fact]
    public void A_client_that_disconnects_is_released()
    {
        _ = Subscriber;
        Pipe.Reader.Complete();
        State.Apply(Goose(20, left: 1), Now);

        Subscriber.SendChanges(State);
        Subscriber.SendChanges(State);

        Assert.True(Subscriber.Closed.IsCompleted);
        Assert.False(Subscriber.IsDropped);
    }
}
