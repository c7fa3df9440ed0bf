using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Claims;

/// <summary>
/// Everything that one treasure's claims are decided on, brought forward claim by claim. It knows neither clock nor
/// database: the same book and the same claims give the same outcomes.
/// </summary>
/// <param name="refusals">Claims of the treasure refused so far.</param>
/// <param name="standings">Players without an entry stand at nothing.</param>
/// <param name="earlier">Claims among those to come that are decided already.</param>
public sealed class ClaimBook(
    Treasure? treasure, Hunt? hunt, long refusals, Dictionary<string, Standing> standings, Dictionary<Guid, IClaimEvent> earlier)
{
    private readonly Dictionary<Guid, IClaimEvent> _outcomes = earlier;
    private Treasure? _treasure = treasure;
    private long _position = refusals + (treasure?.Awards ?? 0);

    /// <summary>The deciding event of every claim seen, decided now or earlier.</summary>
    public IReadOnlyCollection<IClaimEvent> Outcomes => _outcomes.Values;

    /// <summary>Decides the claims in their order. Only new decisions are returned: a repeated claim decides nothing.</summary>
    public IReadOnlyList<IClaimEvent> Decide(IReadOnlyList<AcceptedClaim> claims, DateTimeOffset now)
    {
        var decided = new List<IClaimEvent>(claims.Count);
        foreach (var claim in claims)
        {
            if (_outcomes.ContainsKey(claim.ClaimId))
            {
                continue;
            }

            var player = standings.GetValueOrDefault(claim.PlayerId);
            var decision = Claiming.Decide(_treasure, hunt, player, ++_position, claim, now);
            _treasure = Treasure.Evolve(_treasure, decision);
            standings[claim.PlayerId] = player.After(decision);
            _outcomes.Add(claim.ClaimId, decision);
            decided.Add(decision);
        }

        return decided;
    }
}
