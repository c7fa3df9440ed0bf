using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Claims;

/// <summary>Where a treasure stands when its claims are decided.</summary>
/// <param name="Treasure">Null when there is none of that id.</param>
/// <param name="Refusals">Claims of the treasure refused so far.</param>
public sealed record Stand(Treasure? Treasure, Hunt? Hunt, long Refusals)
{
    /// <summary>Place of the next claim among those decided for the treasure, from 1.</summary>
    public long NextPosition => Refusals + (Treasure?.Awards ?? 0) + 1;

    public Stand After(IClaimEvent decision) => decision is ClaimRefused
        ? this with { Refusals = Refusals + 1 }
        : this with { Treasure = Treasure.Evolve(Treasure, decision) };
}

/// <summary>
/// Everything that some claims are decided on, brought forward claim by claim. It knows neither clock nor database: the same
/// book and the same claims give the same outcomes.
/// </summary>
/// <param name="stands">By treasure id: one for every treasure that is claimed.</param>
/// <param name="slots">What the claiming players have so far.</param>
/// <param name="earlier">Claims among those to come that are decided already.</param>
/// <param name="refusals">Refusals recorded before, by treasure and player, as far as they are known; see <see cref="Claiming.CountedAt"/>.</param>
public sealed class ClaimBook(Dictionary<string, Stand> stands, Slots slots, Dictionary<Guid, IClaimEvent> earlier, Func<string, string, int> refusals)
{
    private readonly Dictionary<(string TreasureId, string PlayerId), int> _refused = [];

    /// <summary>The deciding event of every claim seen, decided now or earlier, by claim id; of a refusal that is not recorded, what its event would be.</summary>
    public IReadOnlyDictionary<Guid, IClaimEvent> Outcomes => earlier;

    /// <summary>Decides the claims in their order. Only new decisions that are recorded are returned: a repeated claim decides nothing.</summary>
    public IReadOnlyList<IClaimEvent> Decide(IReadOnlyList<AcceptedClaim> claims, DateTimeOffset now)
    {
        var decided = new List<IClaimEvent>(claims.Count);
        foreach (var claim in claims)
        {
            if (earlier.ContainsKey(claim.ClaimId))
            {
                continue;
            }

            var stand = stands[claim.TreasureId];
            var player = slots.Standing(claim.TreasureId, stand.Treasure?.HuntId ?? "", claim.PlayerId);
            var decision = Claiming.Decide(stand.Treasure, stand.Hunt, player, stand.NextPosition, claim, now);
            if (!Claiming.IsRecorded(decision, player) || IsOneTooManyOfNoTreasure(decision))
            {
                earlier.Add(claim.ClaimId, Claiming.Unrecorded(decision));
                continue;
            }

            Count(decision, player);
            stands[claim.TreasureId] = stand.After(decision);
            slots.Take(decision, stand.Hunt?.PlayerLimit is not null);
            earlier.Add(claim.ClaimId, decision);
            decided.Add(decision);
        }

        return decided;
    }

    // No slot is written for these: one for each treasure would be as many rows as the refusals that it prevents.
    private bool IsOneTooManyOfNoTreasure(IClaimEvent decision) =>
        decision is ClaimRefused { Reason: Reasons.TreasureNotFound } refused && CountOf(Claiming.CountedAt(refused)) >= RecordedRefusals.Max;

    private int CountOf((string TreasureId, string PlayerId) key) => _refused.TryGetValue(key, out var count) ? count : refusals(key.TreasureId, key.PlayerId);

    private void Count(IClaimEvent decision, Standing player)
    {
        if (decision is ClaimRefused refused && !player.RefusalsFull)
        {
            var key = Claiming.CountedAt(refused);
            var count = _refused[key] = CountOf(key) + 1;
            if (count >= RecordedRefusals.Max && refused.Reason != Reasons.TreasureNotFound)
            {
                slots.TakeLastRefusal(decision);
            }
        }
    }
}
