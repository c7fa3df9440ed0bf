using TreasureHunt.Cli.Audit;
using TreasureHunt.LoadGenerator.Http;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>Reading the event feed.</summary>
public class EventFeedClientSpecs
{
    private static readonly AutoAdvancingTime Time = new();
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_interrupted_event_feed_continues_after_the_last_event()
    {
        var engine = new FakeEngine((200, Line(3) + "\n" + Line(5) + "\n✂"), (503, "{}"), (200, Line(8) + "\n"));
        using var client = ClientOf(engine);
        var read = new List<long>();

        await new EventFeedClient(client, Time).ReadAsync("sale", entry => read.Add(entry.Sequence), Cancellation);

        Assert.Equal([3, 5, 8], read);
        Assert.Equal(
            ["GET /admin/events?after=0&huntId=sale", "GET /admin/events?after=5&huntId=sale", "GET /admin/events?after=5&huntId=sale"],
            engine.Requests);
    }

    private static AdminApiClient ClientOf(FakeEngine engine) =>
        new(engine, new Uri("http://engine.test"), new Uri("http://operators.test"), () => "token", Time);

    private static string Line(long sequence) =>
        $$$"""{"sequence":{{{sequence}}},"streamKey":"hunt-sale","version":1,"type":"hunt-opened.v1","id":"5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1","at":"2026-11-23T18:00:01Z","data":{"huntId":"sale","at":"2026-11-23T18:00:00Z"}}""";
}
