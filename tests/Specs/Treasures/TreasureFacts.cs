using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Claims;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Treasures;

/// <summary>Words for the specs of a treasure: it is called <c>goose</c>, unless said otherwise.</summary>
internal static class TreasureFacts
{
    public const string Goose = "goose";

    /// <summary>What is kept of the proof <c>under the old oak</c>. Worked out with another implementation of HMAC-SHA256.</summary>
    public static readonly ProofHash UnderTheOldOak = new("AAECAwQFBgcICQoLDA0ODw==", "HhN65RrmDUHEjo8J/M/l0gNnsOKS09FNamq9JxEkafQ=");

    private static readonly Clue[] NoClues = [];

    public static TreasureHidden Hidden(string treasure = Goose, int stock = 1, int perPlayer = 1, ProofHash? proof = null) =>
        new(treasure, TheSale, At("12:00"), "Golden goose", stock, perPlayer, proof, NoClues);

    public static ClueAdded ClueAdded(string text) => new(Goose, At("12:30"), new Clue(text, At("18:05")));

    public static TreasureRestocked Restocked(int units, string treasure = Goose) => new(treasure, At("18:30"), units);

    public static TreasureWithdrawn Withdrawn(string treasure = Goose) => new(treasure, At("18:30"));

    /// <summary>An award that stands in the log before a spec begins; its claim's key is <c>earlier</c>.</summary>
    public static TreasureAwarded Awarded(string player, long position = 1, string treasure = Goose, string accepted = "18:10") =>
        new(treasure, TheSale, ClaimOf(player, treasure, "earlier"), player, position, At(accepted), At("18:20"));

    public static AwardRevoked Revoked(string player, string treasure = Goose) =>
        new(treasure, TheSale, At("18:30"), ClaimOf(player, treasure, "earlier"), player, "returned");

    public static Guid ClaimOf(string player, string treasure = Goose, string key = "1") => Ids.ForClaim(player, treasure, key);

    public static HideTreasure Hide(string at = "12:00", ProofHash? proof = null, params Clue[] clues) =>
        new(CommandId("hide"), At(at), Goose, TheSale, "Golden goose", 3, 2, proof, clues);

    public static AddClue AddClue(string text) => new(CommandId("clue"), At("12:30"), Goose, new Clue(text, At("18:05")));

    /// <summary>A clue that was to come at 18:05 is found due.</summary>
    public static RestockTreasure Restock(int units, string treasure = Goose) => new(CommandId("restock"), At("18:30"), treasure, units);

    public static WithdrawTreasure Withdraw(string treasure = Goose) => new(CommandId("withdraw"), At("18:30"), treasure);

    public static RevokeAward Revoke(string player, string treasure = Goose, string key = "earlier") =>
        new(CommandId("revoke"), At("18:30"), treasure, ClaimOf(player, treasure, key), "returned");

    /// <summary>A treasure without claims under way; <see cref="Claims.ClaimScenario"/> tells those stories.</summary>
    public static CommandScenario<Treasure> Given(params ITreasureEvent[] events) =>
        new(Fold(events), (treasure, command) => Treasure.Decide(treasure, null, command));

    public static Treasure? Fold(params IEnumerable<ITreasureEvent> events) => CommandScenario<Treasure>.Fold(events, Treasure.Evolve);

    private static Guid CommandId(string key) => Ids.ForCommand("admin", Goose, key);
}
