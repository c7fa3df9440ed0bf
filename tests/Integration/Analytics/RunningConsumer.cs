using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Samples;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>Runs the consumer of docs/analytics.md until it is disposed.</summary>
internal sealed class RunningConsumer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ConsumedEvent> _events = new();
    private readonly ApiCaller _admin;
    private readonly HttpClient _feed;
    private readonly Task _following;

    /// <param name="port">The port of the broker or of a relay to it; null for the default.</param>
    /// <param name="projections">The host process of the feed.</param>
    public RunningConsumer(Engine engine, object from, int? port = null, string projections = "projections-1")
    {
        _admin = engine.Admin(projections);
        _feed = new HttpClient { BaseAddress = engine.Host(projections).Url };
        _feed.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _admin.Token);
        var broker = new UriBuilder(engine.Bus.AddressOf("analytics-shop"));
        broker.Port = port ?? broker.Port;
        Consumer = new EventConsumer(broker.Uri, _feed, from, _events.Enqueue);
        _following = Consumer.RunAsync(_stop.Token);
    }

    public EventConsumer Consumer { get; }

    /// <summary>The stored events in the order of their arrival.</summary>
    public IReadOnlyList<ConsumedEvent> Events => [.. _events];

    /// <summary>
    /// Waits until the consumer reaches the current end of the event store, and compares its events with the feed.
    /// </summary>
    public async Task AssertHasAllEvents()
    {
        var feed = await ReadFeed();
        var head = feed[^1].Sequence;
        await Poll.Until($"the consumer has reached {head}", () => Consumer.UpTo >= head);

        var received = Events.Where(stored => stored.Sequence <= head).ToList();
        Assert.Equal(feed.Select(stored => stored with { Data = default }), received.Select(stored => stored with { Data = default }));
        Assert.All(
            feed.Zip(received),
            pair => Assert.True(
                JsonElement.DeepEquals(pair.First.Data, pair.Second.Data), $"{pair.First.Data} is stored as {pair.Second.Data}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _feed.Dispose();
        _stop.Dispose();
    }

    private async Task<List<ConsumedEvent>> ReadFeed()
    {
        var lines = (await _admin.Get("/admin/events")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Select(line => new ConsumedEvent(
            line.GetProperty("sequence").GetInt64(),
            line.GetProperty("streamKey").GetString()!,
            line.GetProperty("type").GetString()!,
            line.GetProperty("id").GetGuid(),
            line.GetProperty("at").GetDateTimeOffset(),
            line.GetProperty("data")))];
    }
}
