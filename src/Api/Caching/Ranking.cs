using System.Globalization;
using StackExchange.Redis;

namespace TreasureHunt.Api.Caching;

/// <summary>
/// Competition ranking (1, 1, 3): players with equal awards share a rank, in the order of their ids. When more players share the last
/// rank than are requested, the first of them by id are returned.
/// </summary>
public static class Ranking
{
    // KEYS: the sorted set by awards. ARGV: the number of players. Returns the players with more awards than the last rank, the most
    // awards first, and the players of the last rank by id. A plain range would return equal players in reverse order and omit the
    // first ones.
    private const string Script =
        """
        local top = redis.call('ZREVRANGE', KEYS[1], 0, ARGV[1] - 1, 'WITHSCORES')
        if #top == 0 then return {} end
        local last = top[#top]
        local ranked = redis.call('ZREVRANGEBYSCORE', KEYS[1], '+inf', '(' .. last, 'WITHSCORES')
        for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], last, last, 'WITHSCORES', 'LIMIT', 0, ARGV[1])) do
          ranked[#ranked + 1] = entry
        end
        return ranked
        """;

    /// <summary>Reads the players for <see cref="Of"/>.</summary>
    public static async Task<IReadOnlyList<(string PlayerId, int Awards)>> ReadAsync(IDatabase redis, string key, int top)
    {
        var flat = (string[])(await redis.ScriptEvaluateAsync(Script, [key], [top]))!;
        return flat.Chunk(2).Select(entry => (entry[0], (int)double.Parse(entry[1], CultureInfo.InvariantCulture))).ToList();
    }

    /// <summary>The ranks of players.</summary>
    /// <param name="players">
    /// All players with more awards than the last rank, and at least the first ones of the last rank, in any order.
    /// </param>
    /// <param name="top">The maximum number of entries.</param>
    public static IReadOnlyList<LeaderboardEntry> Of(IReadOnlyList<(string PlayerId, int Awards)> players, int top)
    {
        var entries = new List<LeaderboardEntry>(top);
        foreach (var (playerId, awards) in players.OrderByDescending(player => player.Awards).ThenBy(
            player => player.PlayerId, StringComparer.Ordinal).Take(top))
        {
            var rank = entries.Count > 0 && entries[^1].Awards == awards ? entries[^1].Rank : entries.Count + 1;
            entries.Add(new LeaderboardEntry(rank, playerId, awards));
        }

        return entries;
    }
}

/// <summary>A player's rank in a hunt. Players with the same number of awards share a rank.</summary>
public sealed record LeaderboardEntry(int Rank, string PlayerId, int Awards);
