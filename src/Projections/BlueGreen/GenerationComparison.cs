using StackExchange.Redis;
using TreasureHunt.Platform.Redis;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.BlueGreen;

/// <summary>
/// Compares the live generation of a read model with the next one, which a replay has built, in two steps. While events are applied to
/// both, it finds candidates: keys that differ at the moment. When both are at the same sequence, it compares the candidates.
/// </summary>
public sealed class GenerationComparison(GenerationStore store, ReadModelRedis redis, ReadModelKeys keys)
{
    /// <summary>Keys of each generation that are compared when not all are.</summary>
    private const int SampleSize = 2_000;

    private const int MaxExamples = 5;

    private const int BatchSize = 500;

    /// <summary>Finds keys of either generation that are missing or different in the other.</summary>
    /// <param name="all">Whether all keys are compared, and not a sample.</param>
    /// <returns>The number of compared keys, and the keys that differ.</returns>
    public async Task<(long Compared, HashSet<string> Candidates)> FindCandidatesAsync(
        string readModel, int live, int next, bool all, CancellationToken cancellationToken)
    {
        var candidates = new HashSet<string>();
        var compared = 0L;
        // Both directions: a key that exists only in the new generation is found only among the keys of the new one.
        foreach (var (from, to) in ((int, int)[])[(live, next), (next, live)])
        {
            var count = 0;
            await foreach (var batch in store.ReadKeysAsync(readModel, from).WithCancellation(cancellationToken))
            {
                var names = batch.Select(key => NameOf((string)key!, readModel, from))
                    .Where(name => !name.EndsWith(":marker", StringComparison.Ordinal)).ToList();
                candidates.UnionWith(await FindDifferencesAsync(readModel, names, from, to));
                count += names.Count;
                if (!all && count >= SampleSize)
                {
                    break;
                }
            }

            compared = Math.Max(compared, count);
        }

        return (compared, candidates);
    }

    /// <summary>Compares the candidates while neither generation is written.</summary>
    /// <returns>The number of keys that differ, and the first of them.</returns>
    public async Task<(long Differences, IReadOnlyList<string> Examples)> CompareKeysAsync(
        string readModel, int live, int next, IEnumerable<string> candidates)
    {
        var different = new List<string>();
        foreach (var batch in candidates.Chunk(BatchSize))
        {
            different.AddRange(await FindDifferencesAsync(readModel, batch, live, next));
        }

        return (different.Count, different.Order(StringComparer.Ordinal).Take(MaxExamples).ToList());
    }

    // DUMP works for values of each type. Equal sorted sets may have different dumps, so their members are compared as well.
    private async Task<List<string>> FindDifferencesAsync(string readModel, IReadOnlyList<string> names, int from, int to)
    {
        var results = await Task.WhenAll(names.Select(async name =>
        {
            var (left, right) = (KeyOf(readModel, from, name), KeyOf(readModel, to, name));
            var (readLeft, readRight) = (redis.Database.KeyDumpAsync(left), redis.Database.KeyDumpAsync(right));
            var (leftDump, rightDump) = (await readLeft ?? [], await readRight ?? []);
            return (Name: name, AreEqual: leftDump.SequenceEqual(rightDump) || await HaveSameMembersAsync(left, right));
        }));
        return results.Where(result => !result.AreEqual).Select(result => result.Name).ToList();
    }

    private async Task<bool> HaveSameMembersAsync(RedisKey left, RedisKey right) =>
        await redis.Database.KeyTypeAsync(left) == RedisType.SortedSet
        && await redis.Database.KeyTypeAsync(right) == RedisType.SortedSet
        && Enumerable.SequenceEqual(await ReadMembersAsync(left), await ReadMembersAsync(right));

    private Task<SortedSetEntry[]> ReadMembersAsync(RedisKey key) => redis.Database.SortedSetRangeByRankWithScoresAsync(key);

    private string NameOf(string key, string readModel, int generation) => key[PrefixOf(readModel, generation).Length..];

    private RedisKey KeyOf(string readModel, int generation, string name) => PrefixOf(readModel, generation) + name;

    private string PrefixOf(string readModel, int generation) => keys.OfGeneration(readModel, generation).Prefix;
}
