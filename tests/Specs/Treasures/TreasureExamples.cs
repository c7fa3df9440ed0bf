using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Treasures;
using TreasureHunt.Specs.Claims;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Treasures;

/// <summary>Events and commands of an example treasure with the id <c>goose</c>.</summary>
internal static class TreasureExamples
{
    public const string Goose = "goose";

    /// <summary>The hash of the proof <c>under the old oak</c>, computed with another implementation of HMAC-SHA256.</summary>
    public static readonly ProofHash UnderTheOldOak = new("AAECAwQFBgcICQoLDA0ODw==", "HhN65RrmDUHEjo8J/M/l0gNnsOKS09FNamq9JxEkafQ=");

    private static readonly Clue[] NoClues = [];

    public static TreasureHidden Hidden(string treasure = Goose, int stock = 1, int perPlayer = 1, ProofHash? proof = null) =>
        new(treasure, Sale, At("12:00"), "Golden goose", stock, perPlayer, proof, NoClues);

    public static ClueAdded ClueAdded(string text) => new(Goose, At("12:30"), new Clue(text, At("18:05")));

    public static TreasureRestocked Restocked(int units, string treasure = Goose) => new(treasure, At("18:30"), units);

    public static TreasureWithdrawn Withdrawn(string treasure = Goose) => new(treasure, At("18:30"));

    /// <summary>An award in the history of a spec. The key of its claim is <c>earlier</c>.</summary>
    public static TreasureAwarded Awarded(string player, long position = 1, string treasure = Goose, string accepted = "18:10") =>
        new(treasure, Sale, ClaimOf(player, treasure, "earlier"), player, position, At(accepted), At("18:20"));

    public static AwardRevoked Revoked(string player, string treasure = Goose) =>
        new(treasure, Sale, At("18:30"), ClaimOf(player, treasure, "earlier"), player, "returned");

    public static Guid ClaimOf(string player, string treasure = Goose, string key = "1") => Ids.ForClaim(player, treasure, key);

    public static HideTreasure Hide(string at = "12:00", ProofHash? proof = null, params Clue[] clues) =>
        new(CommandId("hide"), At(at), Goose, Sale, "Golden goose", 3, 2, proof, clues);

    public static AddClue AddClue(string text) => new(CommandId("clue"), At("12:30"), Goose, new Clue(text, At("18:05")));

    public static RestockTreasure Restock(int units, string treasure = Goose) => new(CommandId("restock"), At("18:30"), treasure, units);

    public static WithdrawTreasure Withdraw(string treasure = Goose) => new(CommandId("withdraw"), At("18:30"), treasure);

    public static RevokeAward Revoke(string player, string treasure = Goose, string key = "earlier") =>
        new(CommandId("revoke"), At("18:30"), treasure, ClaimOf(player, treasure, key), "returned");

    /// <summary>A test of a treasure without claims. See <see cref="Claims.ClaimScenario"/> for claims.</summary>
    public static CommandScenario<Treasure> Given(params ITreasureEvent[] events) =>
        new(Fold(events), (treasure, command) => Treasure.Decide(treasure, null, command));

    public static Treasure? Fold(params IEnumerable<ITreasureEvent> events) => CommandScenario<Treasure>.Fold(events, Treasure.Evolve);

    private static Guid CommandId(string key) => Ids.ForCommand("admin", Goose, key);
}
