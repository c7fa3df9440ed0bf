using System.Net.Http.Headers;
using System.Text.Json;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Analytics;

/// <summary>A sample consumer at work beside an engine, until it is disposed.</summary>
internal sealed class Consuming : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
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
        Consumer = new SampleConsumer(broker.Uri, _feed, from);
        _following = Consumer.Follow(_stop.Token);
    }

    public SampleConsumer Consumer { get; }

    /// <summary>
    /// Waits until the consumer has come to the present end of the log, and holds it against the log as the feed tells it.
    /// </summary>
    public async Task HasExactlyTheLog()
    {
        var log = await Log();
        var head = log[^1].Sequence;
        await Until.True($"the consumer has come to {head}", () => Consumer.UpTo >= head);

        var kept = Consumer.Kept.Where(fact => fact.Sequence <= head).ToList();
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

    private async Task<List<Told>> Log()
    {
        var lines = (await _admin.Get("/admin/events")).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement).Select(line => new Told(
            line.GetProperty("sequence").GetInt64(),
            line.GetProperty("streamKey").GetString()!,
            line.GetProperty("type").GetString()!,
            line.GetProperty("id").GetGuid(),
            line.GetProperty("at").GetDateTimeOffset(),
            line.GetProperty("data")))];
    }
}
