using CsCheck;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntFacts;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureFacts;

namespace TreasureHunt.Specs.Claims;

/// <summary>Random sales: few treasures, few units, few players and few keys, so that everything collides.</summary>
internal static class RandomSales
{
    private const int Treasures = 3;

    private static readonly Gen<string> TreasureIds = Gen.Int[1, Treasures].Select(n => $"treasure-{n}");

    // Sometimes one player hammers, sometimes many do; sometimes most know the proof, sometimes hardly anybody does.
    private static readonly Gen<(int Players, string?[] Proofs)> Temper = Gen.Select(
        Gen.Int[1, 4],
        Gen.OneOf<string?[]>(["under the old oak", "under the old oak", "wrong", null], ["wrong", "wrong", "wrong", "under the old oak"]));

    /// <summary>Claims on several treasures; some of them repeat others, with another time or proof.</summary>
    public static readonly Gen<AcceptedClaim[]> Claims = Temper.SelectMany(temper => AnyClaim(temper.Players, temper.Proofs).Array[0, 60]);

    /// <summary>A hunt with its pauses and treasures, as the log has them.</summary>
    public static readonly Gen<object[]> Hunts = Gen.Select(
        Gen.Int[1, 4].Nullable(),
        Gen.OneOf<IHuntEvent[]>([], [Paused("18:30"), Resumed("18:45")], [Closed("19:00")], [Cancelled("19:00")]),
        Gen.Select(Gen.Int[0, 5], Gen.Int[1, 3], Gen.Bool).Array[Treasures],
        (limit, steps, treasures) => (object[])
        [
            Drafted(playerLimit: limit),
            Scheduled(),
            .. steps,
            .. treasures.Select((t, n) => Hidden($"treasure-{n + 1}", t.Item1, t.Item2, t.Item3 ? UnderTheOldOak : null)),
        ]);

    /// <summary>What an admin does meanwhile; see <see cref="Administer"/>.</summary>
    public static readonly Gen<(string Step, string TreasureId, int N)[]> AdminSteps =
        Gen.Select(Gen.OneOf("restock", "revoke", "revoke", "revoke", "withdraw"), TreasureIds, Gen.Int[1, 50]).Array[0, 12];

    // A player has no more keys than refusals of a treasure are recorded (FloodSpecs): each claim has its event.
    private static Gen<AcceptedClaim> AnyClaim(int players, string?[] proofs) => Gen.Select(
        Gen.Int[1, players],
        TreasureIds,
        // So many that not all refusals of one player were recorded would be another matter: FloodSpecs are about that.
        Gen.Int[1, ClaimDecider.MaxRecordedRefusals - 1],
        Gen.Int[-20, 160],
        Gen.OneOf(proofs),
        (player, treasure, key, minutes, proof) =>
            Claim($"player-{player}", treasure, proof: proof, key: $"{key}") with { AcceptedAt = At("18:00").AddMinutes(minutes) });

    /// <summary>Cuts a list into batches of the given sizes, over and over.</summary>
    public static IEnumerable<T[]> Cut<T>(IEnumerable<T> items, int[] sizes)
    {
        var rest = items.ToArray();
        for (var batch = 0; rest.Length > 0; batch++)
        {
            var size = sizes.Length == 0 ? 1 : sizes[batch % sizes.Length];
            yield return rest.Take(size).ToArray();
            rest = rest.Skip(size).ToArray();
        }
    }

    /// <summary>An admin adds units, withdraws a treasure, or takes back any award there ever was, be it taken back already.</summary>
    public static void Administer(Ledger ledger, (string Step, string TreasureId, int N) what)
    {
        var awards = ledger.Log.Select(entry => entry.Event).OfType<TreasureAwarded>().ToList();
        var command = what switch
        {
            ("restock", var treasure, var n) => Restock(n % 4, treasure),
            ("withdraw", var treasure, _) => Withdraw(treasure),
            (_, _, var n) when awards.Count > 0 =>
                new RevokeAward(Guid.Empty, At("18:40"), awards[n % awards.Count].TreasureId, awards[n % awards.Count].ClaimId, ""),
            _ => (IAdminCommand?)null,
        };
        if (command is not null)
        {
            ledger.Handle(command);
        }
    }
}
