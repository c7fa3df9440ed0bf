using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Wire;

/// <summary>The values in the caches. Hosts of different builds read and write them at the same time.</summary>
public class ReadModelFormatSpecs
{
    private static readonly Guid ClaimId = new("22d4a772-3ffa-576a-8eab-abb6e30d6d10");

    [Fact]
    public void The_format_of_a_hunt_has_not_changed() => HasFormat(
        """42|{"huntId":"sale","name":"Autumn sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[{"from":"2026-11-23T18:30:00+00:00","until":"2026-11-23T18:45:00+00:00"},{"from":"2026-11-23T19:00:00+00:00"}],"cancelledAt":"2026-11-23T19:30:00+00:00"},"playerLimit":3}""",
        new HuntView(
            "sale", "Autumn sale",
            new HuntWindow(
                true, At("18:00"), At("20:00"), [new Pause(At("18:30"), At("18:45")), new Pause(At("19:00"), null)], At("19:30")), 3));

    [Fact]
    public void The_format_of_a_treasure_has_not_changed() => HasFormat(
        """42|{"treasureId":"goose","huntId":"sale","name":"Golden goose","stock":5,"awarded":3,"perPlayer":2,"proofRequired":true,"withdrawn":false,"clues":[{"text":"By the river","revealAt":"2026-11-23T18:05:00+00:00"}]}""",
        new TreasureView("goose", "sale", "Golden goose", 5, 3, 2, true, false, [new Clue("By the river", At("18:05"))]));

    [Fact]
    public void The_format_of_a_rejected_claim_has_not_changed() => HasFormat(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"rejected","reason":"treasure-exhausted","position":17,"winningPosition":12,"lateByMs":41,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "rejected", "treasure-exhausted", 17, 12, 41, At("18:00"), At("18:00:01")));

    [Fact]
    public void The_format_of_a_claim_with_a_fingerprint_has_not_changed() => HasFormat(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"won","position":1,"acceptedAt":"2026-11-23T18:00:00+00:00","decidedAt":"2026-11-23T18:00:01+00:00","fingerprint":"-"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "won", null, 1, null, null, At("18:00"), At("18:00:01"), Fingerprint: "-"));

    [Fact]
    public void The_format_of_an_announced_hunt_has_not_changed() => HasFormat(
        """42|{"huntId":"sale","name":"Autumn sale","window":{"scheduled":true,"opensAt":"2026-11-23T18:00:00+00:00","closesAt":"2026-11-23T20:00:00+00:00","pauses":[],"announceAt":"2026-11-23T16:00:00+00:00"}}""",
        new HuntView("sale", "Autumn sale", new HuntWindow(true, At("18:00"), At("20:00"), [], AnnounceAt: At("16:00")), null));

    [Fact]
    public void The_format_of_a_pending_claim_has_not_changed() => HasFormat(
        """42|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"pending"}""",
        new ClaimView(ClaimId, "goose", "sale", "alice", "pending"));

    private static void HasFormat<TView>(string written, TView view)
    {
        StorageFormat.IsUnchanged(written, Encoding.UTF8.GetString(VersionedJson.Of(42, view).ToBytes()));
        var read = VersionedValue.Parse(Encoding.UTF8.GetBytes(written));
        Assert.Equal(42, read.Sequence);
        Assert.Equivalent(view, read.ToView<TView>(), strict: true);
    }
}
