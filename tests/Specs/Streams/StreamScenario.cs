using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Specs.Streams;

/// <summary>A hunt that is open from 18:00 to 23:00, looked at at 19:00.</summary>
internal static class StreamScenario
{
    public static readonly DateTimeOffset Now = TestClock.At("19:00");

    public static Versioned<HuntView> Hunt(long sequence) =>
        new(sequence, new HuntView(
            "sale", "Autumn sale", new HuntWindow(true, TestClock.At("18:00"), TestClock.At("23:00"), []), PlayerLimit: null));

    public static Versioned<TreasureView> Goose(long sequence, int left) => Treasure("goose", sequence, left);

    public static Versioned<TreasureView> Lamp(long sequence, int left) => Treasure("lamp", sequence, left);

    public static Versioned<TreasureView> Numbered(int number) =>
        Treasure(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"treasure-{number}"), 20 + number, left: 5);

    public static HuntReading Snapshot(long complete, params Versioned<TreasureView>[] treasures) =>
        new(Hunt(2), Position: 11, treasures, complete);

    public static HuntStreamState Board(params Versioned<TreasureView>[] treasures) => new(Snapshot(complete: 12, treasures), Now);

    /// <summary>What somebody reads, as <c>goose 5</c>: what is left of a treasure, or its status when it cannot be won.</summary>
    public static IEnumerable<string> Told(StateDelta news) => Told(Encoding.UTF8.GetString(news.Bytes.Span));

    public static IEnumerable<string> Told(
        string events) => Lines(events, "data: ").Select(data => JsonDocument.Parse(data).RootElement).Select(data =>
        data.TryGetProperty("treasureId", out var treasureId)
            ? data.GetProperty("status").GetString() is "available"
                ? $"{treasureId} {data.GetProperty("remaining")}" : $"{treasureId} {data.GetProperty("status")}"
            : $"hunt {data.GetProperty("status")}");

    /// <summary>From where somebody goes on who was told this.</summary>
    public static ResumeToken PointOf(StateDelta news) =>
        ResumeToken.Parse(Lines(Encoding.UTF8.GetString(news.Bytes.Span), "id: ").Single());

    private static IEnumerable<string> Lines(string events, string name) =>
        events.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..]);

    private static Versioned<TreasureView> Treasure(string treasureId, long sequence, int left) =>
        new(sequence, new TreasureView(
            treasureId, "sale", treasureId, Stock: 100, Awarded: 100 - left, PerPlayer: 1, ProofRequired: false, Withdrawn: false,
            Clues: []));
}
