using System.IO.Pipelines;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>The stream of a client with a player's token.</summary>
public sealed class SubscriberClaimSpecs : SseSubscriberScenario
{
    private readonly StreamedClaims _claims = new("alice");

    [Fact]
    public void The_claims_of_the_player_are_sent_when_they_are_known_and_when_they_change()
    {
        var subscriber = Started(new SseSubscriber(Pipe.Writer, Time, _claims));
        subscriber.SendChanges(State);
        Assert.DoesNotContain("claims", ReadAll(), StringComparison.Ordinal);

        _claims.Apply([]);
        subscriber.SendChanges(State);
        Assert.Equal("event: claims\ndata: {\"claims\":[]}\n\n", ReadAll());

        _claims.Apply([new(12, new ClaimView(Guid.Empty, "goose", "sale", "alice", Outcomes.Won))]);
        subscriber.SendChanges(State);
        Assert.Contains("\"outcome\":\"won\"", ReadAll(), StringComparison.Ordinal);
        subscriber.SendChanges(State);
        Assert.Equal("", ReadAll());
    }

    [Fact]
    public void Claims_reach_a_slow_client_of_a_hunt_that_changes_all_the_time()
    {
        var subscriber = Started(new SseSubscriber(Pipe.Writer, Time, _claims));
        State.Apply(Goose(16, left: 4), Now);
        subscriber.SendChanges(State);
        _claims.Apply([]);
        State.Apply(Goose(17, left: 3), Now);
        subscriber.SendChanges(State);
        Assert.Equal(["goose 4"], Sent(ReadAll()));

        subscriber.SendChanges(State);

        var text = ReadAll();
        Assert.StartsWith("event: claims\n", text, StringComparison.Ordinal);
        Assert.Contains("\"remaining\":3", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stream_ends_with_the_token()
    {
        var subscriber = Started(
            new SseSubscriber(new Pipe().Writer, Time, _claims, until: Time.GetUtcNow() + TimeSpan.FromMinutes(1)));
        Time.Advance(TimeSpan.FromSeconds(59));
        subscriber.SendChanges(State);
        Assert.False(subscriber.Closed.IsCompleted);

        Time.Advance(TimeSpan.FromSeconds(1));
        subscriber.SendChanges(State);

        Assert.True(subscriber.Closed.IsCompleted);
        Assert.False(subscriber.IsDropped);
    }

    private SseSubscriber Started(SseSubscriber subscriber)
    {
        subscriber.Start("retry: 1000\n\n"u8, State.ChangesAfter(ResumeToken.Start));
        ReadAll();
        return subscriber;
    }
}
