using TreasureHunt.Specs.Hunts;
using TreasureHunt.Specs.Treasures;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Wire;

/// <summary>What the worker keeps of a hunt and a treasure; unlike events, it can be built again from the log.</summary>
public class SnapshotFormat
{
    [Fact]
    public void A_hunt() => StorageFormat.InTheLog(
        """{"id":"hunt-sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[{"from":"2026-11-23T18:30:00+00:00","until":"2026-11-23T18:45:00+00:00"},{"from":"2026-11-23T19:00:00+00:00","until":null}],"cancelledAt":null},"playerLimit":3}""",
        HuntFacts.Fold(Drafted(playerLimit: 3), Scheduled(), Paused("18:30"), Resumed("18:45"), Paused("19:00"))!);

    [Fact]
    public void A_treasure() => StorageFormat.InTheLog(
        """{"id":"treasure-goose","huntId":"sale","stock":3,"awarded":1,"awards":1,"perPlayer":2,"proof":{"salt":"AAECAwQFBgcICQoLDA0ODw==","hash":"HhN65RrmDUHEjo8J/M/l0gNnsOKS09FNamq9JxEkafQ="},"withdrawn":true,"lastAward":{"position":1,"acceptedAt":"2026-11-23T18:10:00+00:00"},"clues":0,"remaining":2}""",
        TreasureFacts.Fold(Hidden(stock: 3, perPlayer: 2, proof: UnderTheOldOak), Awarded("alice"), Withdrawn())!);
}
