using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>
/// A treasure has never more winners than units and no new winner after its withdrawal. Only a current award can be revoked.
/// </summary>
public sealed class UnitsRule(AuditFindings findings) : IEventRule
{
    private readonly Dictionary<string, TreasureTally> _treasures = [];
    private readonly HashSet<string> _oversold = [];

    public void Observe(FeedEvent entry)
    {
        switch (entry.Event)
        {
            case TreasureHidden hidden:
                TallyOf(hidden.TreasureId).Stock += hidden.Stock;
                break;
            case TreasureRestocked restocked:
                TallyOf(restocked.TreasureId).Stock += restocked.Units;
                break;
            case TreasureWithdrawn withdrawn:
                TallyOf(withdrawn.TreasureId).Withdrawn = true;
                break;
            case TreasureAwarded awarded:
                Award(TallyOf(awarded.TreasureId), awarded);
                break;
            case AwardRevoked revoked when !TallyOf(revoked.TreasureId).Winners.Remove(revoked.ClaimId):
                findings.Add(Invariants.Revocation, $"{revoked.TreasureId}: claim {revoked.ClaimId}");
                break;
        }
    }

    private void Award(TreasureTally treasure, TreasureAwarded awarded)
    {
        if (treasure.Withdrawn)
        {
            findings.Add(Invariants.Withdrawn, $"{awarded.TreasureId}: claim {awarded.ClaimId}");
        }

        if (treasure.Winners.Count >= treasure.Stock)
        {
            findings.Add(
                Invariants.OneWinner, $"{awarded.TreasureId}: {awarded.PlayerId} won when all {treasure.Stock} units were taken");
            if (_oversold.Add(awarded.TreasureId))
            {
                findings.Add(Invariants.Stock, $"{awarded.TreasureId}: more than its {treasure.Stock} units");
            }
        }

        if (!treasure.Winners.Add(awarded.ClaimId))
        {
            findings.Add(Invariants.OneWinner, $"{awarded.TreasureId}: claim {awarded.ClaimId} won twice");
        }
    }

    private TreasureTally TallyOf(string treasureId) =>
        _treasures.TryGetValue(treasureId, out var treasure) ? treasure : _treasures[treasureId] = new TreasureTally();
}
