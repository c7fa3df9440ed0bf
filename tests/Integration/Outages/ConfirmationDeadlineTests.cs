using System.Diagnostics;
using System.Globalization;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>A missing confirmation does not delay other claims beyond their deadline.</summary>
[Collection(nameof(OutageGroup))]
public sealed class ConfirmationDeadlineTests(DisruptionEngine fixture) : BrokerRelayTests(fixture)
{
    [Fact]
    public async Task Claims_queued_behind_an_unconfirmed_message_get_a_response_by_the_same_deadline()
    {
        var (_, treasureId) = await OpenHuntWithTreasure(stock: 100);
        await Engine.Player("bob", ApiName).Wins(treasureId, "key");

        Broker.Pause(Direction.ToClient);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await Engine.Player($"player-{n.ToString(CultureInfo.InvariantCulture)}", ApiName).Claim(treasureId, "key");
            return (answer.Problem, Took: Stopwatch.GetElapsedTime(started));
        }));
        Broker.Resume();

        Assert.All(answers, answer => Assert.Equal("503 outcome-unknown", answer.Problem));
        // Five seconds and a margin for a busy machine; a separate deadline for each message would exceed it.
        Assert.All(answers, answer => Assert.InRange(answer.Took, TimeSpan.Zero, TimeSpan.FromSeconds(9)));
    }
}
