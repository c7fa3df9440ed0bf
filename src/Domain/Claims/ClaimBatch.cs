using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Domain.Claims;

/// <summary>
/// Decides claims one after another, each on the state after the claims before it. It reads neither clock nor database: the same state
/// and the same claims give the same outcomes.
/// </summary>
/// <param name="states">By treasure id, one for each claimed treasure.</param>
/// <param name="reservations">The reservations that the claiming players have so far.</param>
/// <param name="outcomes">The deciding events of claims that were decided earlier, by claim id.</param>
/// <param name="recordedRefusals">
/// Returns the known number of recorded refusals, by treasure and player; see <see cref="ClaimDecider.RefusalKeyOf"/>.
/// </param>
public sealed class ClaimBatch(
    Dictionary<string, TreasureDecisionState> states, QuotaReservations reservations, Dictionary<Guid, IClaimEvent> outcomes,
    Func<string, string, int> recordedRefusals)
{
    private readonly Dictionary<(string TreasureId, string PlayerId), int> _refusals = [];

    /// <summary>
    /// The deciding event of every claim, decided now or earlier, by claim id. A refusal that is not recorded has the event that would have
    /// been recorded.
    /// </summary>
    public IReadOnlyDictionary<Guid, IClaimEvent> Outcomes => outcomes;

    /// <summary>The states after the decisions so far, by treasure id.</summary>
    public IReadOnlyDictionary<string, TreasureDecisionState> States => states;

    /// <summary>
    /// Decides the claims in the order in which Apis received them (<see cref="AcceptedClaim.AcceptedAt"/>); claims that were received at
    /// the same time, in their order.
    /// </summary>
    /// <param name="claims">In the broker's order.</param>
    /// <returns>The new decisions to record. A claim that was decided earlier is not decided again.</returns>
    public IReadOnlyList<IClaimEvent> Decide(IReadOnlyList<AcceptedClaim> claims, DateTimeOffset now)
    {
        var decided = new List<IClaimEvent>(claims.Count);
        foreach (var claim in claims.OrderBy(claim => claim.AcceptedAt))
        {
            if (outcomes.ContainsKey(claim.ClaimId))
            {
                continue;
            }

            var state = states[claim.TreasureId];
            var player = reservations.UsageOf(claim.TreasureId, state.Treasure?.HuntId ?? "", claim.PlayerId);
            var decision = ClaimDecider.Decide(state.Treasure, state.Hunt, player, state.NextPosition, claim, now);
            if (!ClaimDecider.IsRecorded(decision, player) || ExceedsRefusalsOfUnknownTreasures(decision))
            {
                outcomes.Add(claim.ClaimId, ClaimDecider.ToUnrecordedRefusal(decision));
                continue;
            }

            CountRefusal(decision, player);
            states[claim.TreasureId] = state.Apply(decision);
            reservations.Take(decision, state.Hunt?.PlayerLimit is not null);
            outcomes.Add(claim.ClaimId, decision);
            decided.Add(decision);
        }

        return decided;
    }

    // These refusals get no reservation: one for each treasure id would be as many rows as the refusals that it prevents.
    private bool ExceedsRefusalsOfUnknownTreasures(IClaimEvent decision) =>
        decision is ClaimRefused { Reason: Reasons.TreasureNotFound } refused
            && RefusalsOf(ClaimDecider.RefusalKeyOf(refused)) >= ClaimLimits.MaxRecordedRefusals;

    private int RefusalsOf((string TreasureId, string PlayerId) key) =>
        _refusals.TryGetValue(key, out var count) ? count : recordedRefusals(key.TreasureId, key.PlayerId);

    private void CountRefusal(IClaimEvent decision, PlayerUsage player)
    {
        if (decision is ClaimRefused refused && !player.HasMaxRefusals)
        {
            var key = ClaimDecider.RefusalKeyOf(refused);
            var count = _refusals[key] = RefusalsOf(key) + 1;
            if (count >= ClaimLimits.MaxRecordedRefusals && refused.Reason != Reasons.TreasureNotFound)
            {
                reservations.TakeLastRefusal(decision);
            }
        }
    }
}
