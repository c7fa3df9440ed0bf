using TreasureHunt.Specs.Hunts;
using TreasureHunt.Specs.Treasures;
using Xunit;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Wire;

/// <summary>The format of the snapshots of hunts and treasures, which can be rebuilt from the events.</summary>
public class SnapshotFormatSpecs
{
    [Fact]
    public void The_format_of_a_hunt_snapshot_has_not_changed() => StorageFormat.IsStoredAs(
        """{"id":"hunt-sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[{"from":"2026-11-23T18:30:00+00:00","until":"2026-11-23T18:45:00+00:00"},{"from":"2026-11-23T19:00:00+00:00","until":null}],"cancelledAt":null},"playerLimit":3}""",
        HuntExamples.Fold(Drafted(playerLimit: 3), Scheduled(), Paused("18:30"), Resumed("18:45"), Paused("19:00"))!);

    [Fact]
    public void The_format_of_a_treasure_snapshot_has_not_changed() => StorageFormat.IsStoredAs(
        """{"id":"treasure-goose","huntId":"sale","stock":3,"awarded":1,"awards":1,"perPlayer":2,"proof":{"salt":"AAECAwQFBgcICQoLDA0ODw==","hash":"HhN65RrmDUHEjo8J/M/l0gNnsOKS09FNamq9JxEkafQ="},"withdrawn":true,"lastAward":{"position":1,"acceptedAt":"2026-11-23T18:10:00+00:00"},"clues":0,"remaining":2}""",
        TreasureExamples.Fold(Hidden(stock: 3, perPlayer: 2, proof: UnderTheOldOak), Awarded("alice"), Withdrawn())!);
}
