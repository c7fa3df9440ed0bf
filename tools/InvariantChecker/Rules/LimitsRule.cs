using TreasureHunt.Contracts.Events;

namespace TreasureHunt.InvariantChecker.Rules;

/// <summary>No player has more awards than <c>perPlayer</c> of a treasure and <c>playerLimit</c> of a hunt.</summary>
public sealed class LimitsRule(AuditFindings findings) : IEventRule
{
    private readonly Dictionary<string, int> _perPlayer = [];
    private readonly Dictionary<string, int?> _playerLimit = [];
    private readonly Dictionary<(string Treasure, string Player), int> _awardsOfTreasure = [];
    private readonly Dictionary<(string Hunt, string Player), int> _awardsInHunt = [];

    public void Observe(FeedEvent entry)
    {
        switch (entry.Event)
        {
            case HuntDrafted drafted:
                _playerLimit[drafted.HuntId] = drafted.PlayerLimit;
                break;
            case TreasureHidden hidden:
                _perPlayer[hidden.TreasureId] = hidden.PerPlayer;
                break;
            case TreasureAwarded awarded:
                Award(awarded);
                break;
            case AwardRevoked revoked:
                Add(_awardsOfTreasure, (revoked.TreasureId, revoked.PlayerId), -1);
                Add(_awardsInHunt, (revoked.HuntId, revoked.PlayerId), -1);
                break;
        }
    }

    private void Award(TreasureAwarded awarded)
    {
        var perPlayer = _perPlayer.GetValueOrDefault(awarded.TreasureId, 1);
        if (Add(_awardsOfTreasure, (awarded.TreasureId, awarded.PlayerId), 1) > perPlayer)
        {
            findings.Add(Invariants.PerPlayer, $"{awarded.TreasureId}: {awarded.PlayerId} has more than {perPlayer}");
        }

        if (Add(_awardsInHunt, (awarded.HuntId, awarded.PlayerId), 1) > _playerLimit.GetValueOrDefault(awarded.HuntId))
        {
            findings.Add(Invariants.PlayerLimit, $"{awarded.HuntId}: {awarded.PlayerId} has more than {_playerLimit[awarded.HuntId]}");
        }
    }

    private static int Add<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + change;
}
