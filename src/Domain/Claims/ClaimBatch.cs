using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Hunts;
using TreasureHunt.Domain.Treasures;

namespace TreasureHunt.Domain.Claims;

/// <summary>What is known of a treasure when its claims are decided.</summary>
/// <param name="Treasure">Null when there is none of that id.</param>
/// <param name="Refusals">Claims of the treasure refused so far.</param>
public sealed record TreasureDecisionState(Treasure? Treasure, Hunt? Hunt, long Refusals)
{
    /// <summary>Place of the next claim among those decided for the treasure, from 1.</summary>
    public long NextPosition => Refusals + (Treasure?.Awards ?? 0) + 1;

    public TreasureDecisionState Apply(IClaimEvent decision) => decision is ClaimRefused
        ? this with { Refusals = Refusals + 1 }
        : this with { Treasure = Treasure.Evolve(Treasure, decision) };
}

/// <summary>
/// Decides claims one after another, each on the state that the claims before it have left. It reads neither clock nor database: the
/// same state and the same claims give the same outcomes.
/// </summary>
/// <param name="states">By treasure id, one for each claimed treasure.</param>
/// <param name="reservations">The reservations that the claiming players have so far.</param>
/// <param name="earlier">Claims among those to come that are decided already.</param>
/// <param name="refusals">
/// Refusals recorded before, by treasure and player, as far as they are known; see <see cref="ClaimDecider.CountedAt"/>.
/// </param>
public sealed class ClaimBatch(
    Dictionary<string, TreasureDecisionState> states, QuotaReservations reservations, Dictionary<Guid, IClaimEvent> earlier,
    Func<string, string, int> refusals)
{
    private readonly Dictionary<(string TreasureId, string PlayerId), int> _refused = [];

    /// <summary>
    /// The deciding event of every claim seen, decided now or earlier, by claim id; of a refusal that is not recorded, what its event would
    /// be.
    /// </summary>
    public IReadOnlyDictionary<Guid, IClaimEvent> Outcomes => earlier;

    /// <summary>
    /// Decides the claims in their order. Only new decisions that are recorded are returned: a repeated claim decides nothing.
    /// </summary>
    public IReadOnlyList<IClaimEvent> Decide(IReadOnlyList<AcceptedClaim> claims, DateTimeOffset now)
    {
        var decided = new List<IClaimEvent>(claims.Count);
        foreach (var claim in claims)
        {
            if (earlier.ContainsKey(claim.ClaimId))
            {
                continue;
            }

            var state = states[claim.TreasureId];
            var player = reservations.UsageOf(claim.TreasureId, state.Treasure?.HuntId ?? "", claim.PlayerId);
            var decision = ClaimDecider.Decide(state.Treasure, state.Hunt, player, state.NextPosition, claim, now);
            if (!ClaimDecider.IsRecorded(decision, player) || IsOneTooManyOfNoTreasure(decision))
            {
                earlier.Add(claim.ClaimId, ClaimDecider.Unrecorded(decision));
                continue;
            }

            Count(decision, player);
            states[claim.TreasureId] = state.Apply(decision);
            reservations.Take(decision, state.Hunt?.PlayerLimit is not null);
            earlier.Add(claim.ClaimId, decision);
            decided.Add(decision);
        }

        return decided;
    }

    // No reservation is written for these: one for each treasure would be as many rows as the refusals that it prevents.
    private bool IsOneTooManyOfNoTreasure(IClaimEvent decision) =>
        decision is ClaimRefused { Reason: Reasons.TreasureNotFound } refused
            && CountOf(ClaimDecider.CountedAt(refused)) >= ClaimDecider.MaxRecordedRefusals;

    private int CountOf((string TreasureId, string PlayerId) key) =>
        _refused.TryGetValue(key, out var count) ? count : refusals(key.TreasureId, key.PlayerId);

    private void Count(IClaimEvent decision, PlayerUsage player)
    {
        if (decision is ClaimRefused refused && !player.RefusalsFull)
        {
            var key = ClaimDecider.CountedAt(refused);
            var count = _refused[key] = CountOf(key) + 1;
            if (count >= ClaimDecider.MaxRecordedRefusals && refused.Reason != Reasons.TreasureNotFound)
            {
                reservations.TakeLastRefusal(decision);
            }
        }
    }
}
