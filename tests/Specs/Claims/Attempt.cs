using TreasureHunt.Commands.Claims;
using TreasureHunt.Commands.Hunts;
using TreasureHunt.Commands.Treasures;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// One worker's try at deciding some claims of one treasure. It reads when it is made; others may commit before it does,
/// and then it must lose.
/// </summary>
internal sealed class Attempt
{
    private readonly Ledger _ledger;
    private readonly string _treasureId;
    private readonly IReadOnlyList<AcceptedClaim> _claims;
    private readonly Treasure? _treasure;
    private readonly Hunt? _hunt;
    private readonly long _awardsAfter;
    private readonly long _refusalsAfter;
    private readonly Slots _slots;
    private readonly ClaimBook _book;

    public Attempt(Ledger ledger, string treasureId, IReadOnlyList<AcceptedClaim> claims)
    {
        (_ledger, _treasureId, _claims) = (ledger, treasureId, claims);
        _treasure = ledger.TreasureAt(treasureId);
        _hunt = ledger.HuntAt(_treasure?.HuntId ?? "");
        _awardsAfter = ledger.VersionOf(StreamNames.Treasure(treasureId));
        _refusalsAfter = ledger.VersionOf(StreamNames.Refusals(treasureId));
        _slots = ledger.Slots();
        var ids = claims.Select(claim => claim.ClaimId).ToHashSet();
        var earlier = ledger.Log.Select(entry => entry.Event).OfType<IClaimEvent>().Where(e => ids.Contains(e.ClaimId)).ToDictionary(e => e.ClaimId);
        _book = new ClaimBook(_treasure, _hunt, _refusalsAfter, _slots.Standings(treasureId, _treasure?.HuntId ?? ""), earlier);
    }

    /// <summary>The outcome of each claim, once committed.</summary>
    public IReadOnlyCollection<IClaimEvent> Outcomes => _book.Outcomes;

    /// <summary>Decides, and commits in one transaction. False when somebody else was faster.</summary>
    public bool TryCommit(DateTimeOffset now)
    {
        var decided = _book.Decide(_claims, now);
        var awards = decided.OfType<TreasureAwarded>()
            .Select((e, n) => new Ledger.Entry(StreamNames.Treasure(_treasureId), _awardsAfter + n + 1, e.ClaimId, e));
        var refusals = decided.OfType<ClaimRefused>()
            .Select((e, n) => new Ledger.Entry(StreamNames.Refusals(_treasureId), _refusalsAfter + n + 1, e.ClaimId, e));
        return _ledger.TryCommit([.. awards, .. refusals], decided.SelectMany(e => Ledger.Needed(_slots, e, _hunt?.PlayerLimit is not null)));
    }
}
