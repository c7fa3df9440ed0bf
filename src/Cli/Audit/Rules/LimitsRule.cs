using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Cli.Audit.Rules;

/// <summary>No player holds more of a treasure than <c>perPlayer</c>, nor more in a hunt than its <c>playerLimit</c>.</summary>
public sealed class LimitsRule(AuditFindings findings) : ILogRule
{
    private readonly Dictionary<string, int> _perPlayer = [];
    private readonly Dictionary<string, int?> _playerLimit = [];
    private readonly Dictionary<(string Treasure, string Player), int> _ofTreasure = [];
    private readonly Dictionary<(string Hunt, string Player), int> _inHunt = [];

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
                Give(awarded);
                break;
            case AwardRevoked revoked:
                Count(_ofTreasure, (revoked.TreasureId, revoked.PlayerId), -1);
                Count(_inHunt, (revoked.HuntId, revoked.PlayerId), -1);
                break;
        }
    }

    private void Give(TreasureAwarded awarded)
    {
        var perPlayer = _perPlayer.GetValueOrDefault(awarded.TreasureId, 1);
        if (Count(_ofTreasure, (awarded.TreasureId, awarded.PlayerId), 1) > perPlayer)
        {
            findings.Add(Invariants.PerPlayer, $"{awarded.TreasureId}: {awarded.PlayerId} has more than {perPlayer}");
        }

        if (Count(_inHunt, (awarded.HuntId, awarded.PlayerId), 1) > _playerLimit.GetValueOrDefault(awarded.HuntId))
        {
            findings.Add(Invariants.PlayerLimit, $"{awarded.HuntId}: {awarded.PlayerId} has more than {_playerLimit[awarded.HuntId]}");
        }
    }

    private static int Count<TKey>(Dictionary<TKey, int> counts, TKey key, int change)
        where TKey : notnull => counts[key] = counts.GetValueOrDefault(key) + change;
}
