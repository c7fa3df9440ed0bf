using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using TreasureHunt.Samples;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>The consumer of docs/analytics.md beside an engine, until it is disposed.</summary>
internal sealed class Consuming : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ConsumedEvent> _kept = new();
    private readonly ApiCaller _admin;
    private readonly HttpClient _feed;
    private readonly Task _following;

    /// <param name="port">Of the broker, or of a relay to it.</param>
    /// <param name="projections">The process whose feed it asks.</param>
    public Consuming(Engine engine, object from, int? port = null, string projections = "projections-1")
    {
        _admin = engine.Admin(projections);
        _feed = new HttpClient { BaseAddress = engine.Host(projections).Url };
        _feed.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _admin.Token);
        var broker = new UriBuilder(engine.Bus.AddressOf("analytics-shop"));
        broker.Port = port ?? broker.Port;
        Consumer = new EventConsumer(broker.Uri, _feed, from, _kept.Enqueue);
        _following = Consumer.RunAsync(_stop.Token);
    }

    public EventConsumer Consumer { get; }

    /// <summary>What it has stored, in the order in which it did.</summary>
    public IReadOnlyList<ConsumedEvent> Kept => [.. _kept];

    /// <summary>
    /// Waits until the consumer has come to the present end of the log, and holds it against the log as the feed tells it.
    /// </summary>
    public async Task HasExactlyTheLog()
    {
        var log = await Log();
        var head = log[^1].Sequence;
        await Until.True($"the consumer has come to {head}", () => Consumer.UpTo >= head);

        var kept = Kept.Where(fact => fact.Sequence <= head).ToList();
        Assert.Equal(log.Select(fact => fact with { Data = default }), kept.Select(fact => fact with { Data = default }));
        Assert.All(
            log.Zip(kept),
            pair => Assert.True(
                JsonElement.DeepEquals(pair.First.Data, pair.Second.Data), $"{pair.First.Data} is told as {pair.Second.Data}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _feed.Dispose();
        _stop.Dispose();
    }

    private async Task<List<ConsumedEvent>> Log()
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
