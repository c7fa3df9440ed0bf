using System.Text.Json.Nodes;

namespace TreasureHunt.Faults.Load;

/// <summary>Templates of all admin commands.</summary>
internal sealed class AdminCommandTemplates(HostileValues values)
{
    public IReadOnlyList<Func<AdminCommandTemplate>> All =>
        [DraftHunt, ChangeHunt, HideTreasure, AddClue, RestockTreasure, WithdrawTreasure, RevokeAward];

    private AdminCommandTemplate DraftHunt() => new(
        "DraftHunt",
        new JsonObject
        {
            ["huntId"] = "hostile",
            ["name"] = "Hostile",
            ["opensAt"] = values.Time(TimeSpan.FromHours(1)),
            ["closesAt"] = values.Time(TimeSpan.FromHours(2)),
            ["playerLimit"] = 1,
        },
        [
            ("huntId", InvalidId()), ("name", values.InvalidText(200)), ("playerLimit", values.Any([0, -1, 1_000_001])),
            ("playerLimit", "many"), ("announceAt", values.Time(TimeSpan.FromHours(2))), ("opensAt", "2026-01-01T00:00:00+02:00"),
            ("closesAt", values.Time(TimeSpan.Zero)), ("closesAt", new JsonArray(1)),
        ]);

    private AdminCommandTemplate ChangeHunt() => new(
        "ChangeHunt",
        new JsonObject { ["huntId"] = "hostile", ["change"] = 0 },
        [("huntId", InvalidId()), ("change", values.Any([-1, 6, int.MaxValue])), ("change", new JsonArray(1))]);

    private AdminCommandTemplate HideTreasure() => new(
        "HideTreasure",
        new JsonObject
        {
            ["treasureId"] = "hostile",
            ["huntId"] = "hostile",
            ["name"] = "Hostile",
            ["stock"] = 1,
            ["perPlayer"] = 1,
            ["proof"] = null,
            ["clues"] = new JsonArray(),
        },
        [
            ("treasureId", InvalidId()), ("huntId", InvalidId()), ("name", values.InvalidText(200)),
            ("stock", values.Any([-1, 10_000_001])), ("stock", "many"), ("perPlayer", values.Any([0, 1_000_001])),
            ("proof", new JsonObject { ["salt"] = "AA==", ["hash"] = "AA==" }), ("clues", null),
            ("clues", new JsonArray((JsonNode?)null)), ("clues", new JsonArray(Clue(values.InvalidText(1000)))),
            ("clues", new JsonArray([.. Enumerable.Range(0, 101).Select(_ => (JsonNode?)Clue("far"))])),
        ]);

    private AdminCommandTemplate AddClue() => new(
        "AddClue",
        new JsonObject { ["treasureId"] = "hostile", ["clue"] = Clue("far") },
        [("treasureId", InvalidId()), ("clue", null), ("clue", Clue(values.InvalidText(1000))), ("clue", new JsonArray(1))]);

    private AdminCommandTemplate RestockTreasure() => new(
        "RestockTreasure",
        new JsonObject { ["treasureId"] = "hostile", ["units"] = 1 },
        [("treasureId", InvalidId()), ("units", values.Any([0, -1, 1_000_001])), ("units", "many")]);

    private AdminCommandTemplate WithdrawTreasure() => new(
        "WithdrawTreasure",
        new JsonObject { ["treasureId"] = "hostile" },
        [("treasureId", InvalidId()), ("treasureId", new JsonArray(1))]);

    private AdminCommandTemplate RevokeAward() => new(
        "RevokeAward",
        new JsonObject { ["treasureId"] = "hostile", ["claimId"] = "00000000-0000-5000-8000-000000000001", ["because"] = "Hostile" },
        [
            ("treasureId", InvalidId()), ("claimId", Guid.Empty.ToString()), ("claimId", "none"),
            ("because", values.InvalidText(500)),
        ]);

    private string InvalidId() => values.Any(HostileValues.InvalidIds);

    private JsonObject Clue(string text) => new() { ["text"] = text, ["revealAt"] = values.Time(TimeSpan.Zero) };
}
