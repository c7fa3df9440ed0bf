using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Hunts;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Specs.Streams;

/// <summary>A hunt that is open from 18:00 to 23:00. The current time is 19:00.</summary>
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

    public static HuntSnapshot Snapshot(long complete, params Versioned<TreasureView>[] treasures) =>
        new(Hunt(2), Position: 11, treasures, complete);

    public static Versioned<LeaderboardResponse> Leaderboard(long sequence, params string[] players) =>
        new(sequence, new LeaderboardResponse("sale", [.. players.Select((player, n) => new LeaderboardEntry(n + 1, player, 9 - n))]));

    public static Task<Versioned<LeaderboardResponse>> NoLeaderboard(CancellationToken cancellationToken) =>
        Task.FromResult(Leaderboard(0));

    public static HuntStreamState StateWith(params Versioned<TreasureView>[] treasures) => new(Snapshot(complete: 12, treasures), Now);

    /// <summary>The sent events as text such as <c>goose 5</c>: the remaining units of a treasure, or its status.</summary>
    public static IEnumerable<string> Sent(StateDelta delta) => Sent(Encoding.UTF8.GetString(delta.Bytes.Span));

    public static IEnumerable<string> Sent(
        string events) => Lines(events, "data: ").Select(data => JsonDocument.Parse(data).RootElement).Select(data =>
        data.TryGetProperty("treasureId", out var treasureId)
            ? data.GetProperty("status").GetString() is "available"
                ? $"{treasureId} {data.GetProperty("remaining")}" : $"{treasureId} {data.GetProperty("status")}"
            : data.TryGetProperty("entries", out var entries)
                ? string.Join(
                    ' ', entries.EnumerateArray().Select(entry => entry.GetProperty("playerId").GetString()).Prepend("leaderboard"))
                : data.TryGetProperty("isCurrent", out var isCurrent)
                    ? $"current {isCurrent.GetBoolean()}" : $"hunt {data.GetProperty("status")}");

    /// <summary>The resume token of a delta.</summary>
    public static ResumeToken ResumeTokenOf(StateDelta delta) =>
        ResumeToken.Parse(Lines(Encoding.UTF8.GetString(delta.Bytes.Span), "id: ").Single());

    private static IEnumerable<string> Lines(string events, string name) =>
        events.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..]);

    private static Versioned<TreasureView> Treasure(string treasureId, long sequence, int left) =>
        new(sequence, new TreasureView(
            treasureId, "sale", treasureId, Stock: 100, Awarded: 100 - left, PerPlayer: 1, ProofRequired: false, Withdrawn: false,
            Clues: []));
}
