using CsCheck;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using static TreasureHunt.Specs.Claims.ClaimScenario;
using static TreasureHunt.Specs.Hunts.HuntExamples;
using static TreasureHunt.Specs.TestClock;
using static TreasureHunt.Specs.Treasures.TreasureExamples;

namespace TreasureHunt.Specs.Claims;

/// <summary>Random hunts with few treasures, units, players and keys, so that claims often conflict.</summary>
internal static class RandomHunts
{
    private const int Treasures = 3;

    private static readonly Gen<string> TreasureIds = Gen.Int[1, Treasures].Select(n => $"treasure-{n}");

    // One or several players; most or few of their proofs are right.
    private static readonly Gen<(int Players, string?[] Proofs)> PlayersAndProofs = Gen.Select(
        Gen.Int[1, 4],
        Gen.OneOf<string?[]>(["under the old oak", "under the old oak", "wrong", null], ["wrong", "wrong", "wrong", "under the old oak"]));

    /// <summary>Claims on several treasures. Some repeat a key with another time or proof.</summary>
    public static readonly Gen<AcceptedClaim[]> Claims = PlayersAndProofs.SelectMany(
        options => AnyClaim(options.Players, options.Proofs).Array[0, 60]);

    /// <summary>The events of a hunt and its treasures.</summary>
    public static readonly Gen<object[]> Histories = Gen.Select(
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

    /// <summary>Steps of an admin for <see cref="Administer"/>.</summary>
    public static readonly Gen<(string Step, string TreasureId, int N)[]> AdminSteps =
        Gen.Select(Gen.OneOf("restock", "revoke", "revoke", "revoke", "withdraw"), TreasureIds, Gen.Int[1, 50]).Array[0, 12];

    private static Gen<AcceptedClaim> AnyClaim(int players, string?[] proofs) => Gen.Select(
        Gen.Int[1, players],
        TreasureIds,
        // Fewer keys than recorded refusals, so that each claim has its event (see RecordedRefusalLimitSpecs).
        Gen.Int[1, ClaimLimits.MaxRecordedRefusals - 1],
        Gen.Int[-20, 160],
        Gen.OneOf(proofs),
        (player, treasure, key, minutes, proof) =>
            Claim($"player-{player}", treasure, proof: proof, key: $"{key}") with { AcceptedAt = At("18:00").AddMinutes(minutes) });

    /// <summary>Splits a list into batches of the given sizes, which repeat.</summary>
    public static IEnumerable<T[]> InBatches<T>(IEnumerable<T> items, int[] sizes)
    {
        var rest = items.ToArray();
        for (var batch = 0; rest.Length > 0; batch++)
        {
            var size = sizes.Length == 0 ? 1 : sizes[batch % sizes.Length];
            yield return rest.Take(size).ToArray();
            rest = rest.Skip(size).ToArray();
        }
    }

    /// <summary>Restocks or withdraws a treasure, or revokes any recorded award, even a revoked one.</summary>
    public static void Administer(Ledger ledger, (string Step, string TreasureId, int N) step)
    {
        var awards = ledger.Entries.Select(entry => entry.Event).OfType<TreasureAwarded>().ToList();
        var command = step switch
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
