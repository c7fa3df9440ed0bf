using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>
/// Holds two generations of a read model against each other, in two steps: while both are being fed, it finds keys that look
/// different, and once both stand at the same sequence, it tells which of them are.
/// </summary>
public sealed class GenerationComparison(GenerationStore store, ReadModelRedis redis, ReadModelKeys keys)
{
    /// <summary>Keys of each generation in a sample.</summary>
    private const int Sample = 2_000;

    private const int Examples = 5;

    /// <summary>Keys of either generation that are missing or different in the other, and how many were looked at.</summary>
    /// <param name="all">Whether every key is looked at, and not a sample.</param>
    public async Task<(long Compared, HashSet<string> Suspects)> FindCandidatesAsync(
        string readModel, int one, int other, bool all, CancellationToken cancellationToken)
    {
        var suspects = new HashSet<string>();
        var compared = 0L;
        // What only the new one has shows when its keys are looked up in the old one.
        foreach (var (from, to) in ((int, int)[])[(one, other), (other, one)])
        {
            var seen = 0;
            await foreach (var page in store.PagesAsync(readModel, from).WithCancellation(cancellationToken))
            {
                var names =
                    page.Select(key => Name((string)key!, readModel, from)).Where(
                        name => !name.EndsWith(":marker", StringComparison.Ordinal)).ToList();
                suspects.UnionWith(await DifferentAsync(readModel, names, from, to));
                seen += names.Count;
                if (!all && seen >= Sample)
                {
                    break;
                }
            }

            compared = Math.Max(compared, seen);
        }

        return (compared, suspects);
    }

    /// <summary>Which of the suspects do differ, now that nothing is written to either generation.</summary>
    public async Task<(long Differences, IReadOnlyList<string> Examples)> CompareAsync(
        string readModel, int one, int other, IEnumerable<string> suspects)
    {
        var different = new List<string>();
        foreach (var chunk in suspects.Chunk(500))
        {
            different.AddRange(await DifferentAsync(readModel, chunk, one, other));
        }

        return (different.Count, different.Order(StringComparer.Ordinal).Take(Examples).ToList());
    }

    // Redis's own serialization is one command for every type; equal values that were built differently may differ in it.
    private async Task<List<string>> DifferentAsync(string readModel, IReadOnlyList<string> names, int one, int another)
    {
        var dumps = await Task.WhenAll(names.Select(async name =>
        {
            var (left, right) = (Key(readModel, one, name), Key(readModel, another, name));
            var (a, b) = (redis.Database.KeyDumpAsync(left), redis.Database.KeyDumpAsync(right));
            var (dumped, other) = (await a ?? [], await b ?? []);
            return (name, same: dumped.SequenceEqual(other) || await SameMembersAsync(left, right));
        }));
        return dumps.Where(dump => !dump.same).Select(dump => dump.name).ToList();
    }

    private async Task<bool> SameMembersAsync(RedisKey left, RedisKey right) =>
        await redis.Database.KeyTypeAsync(left) == RedisType.SortedSet
        && await redis.Database.KeyTypeAsync(right) == RedisType.SortedSet
        && Enumerable.SequenceEqual(await MembersAsync(left), await MembersAsync(right));

    private Task<SortedSetEntry[]> MembersAsync(RedisKey key) => redis.Database.SortedSetRangeByRankWithScoresAsync(key);

    private string Name(string key, string readModel, int generation) => key[Start(readModel, generation).Length..];

    private RedisKey Key(string readModel, int generation, string name) => Start(readModel, generation) + name;

    private string Start(string readModel, int generation) => keys.In(readModel, generation).Start;
}
