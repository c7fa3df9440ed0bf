using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Cli.Audit.Rules;

/// <summary>
/// A treasure never gives more units than it has, nor any once it is withdrawn; only an award that stands can be revoked.
/// </summary>
public sealed class UnitsRule(AuditFindings findings) : ILogRule
{
    private readonly Dictionary<string, TreasureTally> _shelves = [];
    private readonly HashSet<string> _oversold = [];

    public void Observe(FeedEvent entry)
    {
        switch (entry.Event)
        {
            case TreasureHidden hidden:
                Shelf(hidden.TreasureId).Stock += hidden.Stock;
                break;
            case TreasureRestocked restocked:
                Shelf(restocked.TreasureId).Stock += restocked.Units;
                break;
            case TreasureWithdrawn withdrawn:
                Shelf(withdrawn.TreasureId).Withdrawn = true;
                break;
            case TreasureAwarded awarded:
                Give(Shelf(awarded.TreasureId), awarded);
                break;
            case AwardRevoked revoked when !Shelf(revoked.TreasureId).Winners.Remove(revoked.ClaimId):
                findings.Add(Invariants.Revocation, $"{revoked.TreasureId}: claim {revoked.ClaimId}");
                break;
        }
    }

    private void Give(TreasureTally shelf, TreasureAwarded awarded)
    {
        if (shelf.Withdrawn)
        {
            findings.Add(Invariants.Withdrawn, $"{awarded.TreasureId}: claim {awarded.ClaimId}");
        }

        if (shelf.Winners.Count >= shelf.Stock)
        {
            findings.Add(Invariants.OneWinner, $"{awarded.TreasureId}: {awarded.PlayerId} won when all {shelf.Stock} units were taken");
            if (_oversold.Add(awarded.TreasureId))
            {
                findings.Add(Invariants.Stock, $"{awarded.TreasureId}: more than its {shelf.Stock} units");
            }
        }

        if (!shelf.Winners.Add(awarded.ClaimId))
        {
            findings.Add(Invariants.OneWinner, $"{awarded.TreasureId}: claim {awarded.ClaimId} won twice");
        }
    }

    private TreasureTally Shelf(string treasureId) =>
        _shelves.TryGetValue(treasureId, out var shelf) ? shelf : _shelves[treasureId] = new TreasureTally();
}

/// <summary>What one treasure has, and who holds it.</summary>
internal sealed class TreasureTally
{
    public int Stock { get; set; }

    public bool Withdrawn { get; set; }

    /// <summary>Claims whose award stands.</summary>
    public HashSet<Guid> Winners { get; } = [];
}
