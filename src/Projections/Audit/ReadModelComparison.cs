using StackExchange.Redis;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.Projections.Claims;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Audit;

/// <summary>
/// Compares the values in the caches with the events of one hunt. A value that is newer than the last event read is no difference.
/// </summary>
public sealed class ReadModelComparison(
    IDatabase redis, MemcachedClient memcached, ReadModelKeys keys, GenerationTable generations, EventReader eventReader,
    ReadModelOptions options, TimeProvider timeProvider)
{
    private const int BatchSize = 500;

    private readonly DifferenceList _claims = new(ReadModelNames.Claims);
    private readonly DifferenceList _players = new("players");

    /// <summary>
    /// Compares events of claims with the claims and with the players' lists of claims, which span hunts. Several calls may run at the
    /// same time.
    /// </summary>
    /// <param name="window">The window of the hunt: a missing claim that has expired is no difference.</param>
    public async Task CompareClaimsAsync(
        IReadOnlyList<RecordedEvent> events, HuntWindow? window, CancellationToken cancellationToken)
    {
        var claimKeys = (await ReadLiveKeysAsync(cancellationToken))(ReadModelNames.Claims);
        foreach (var (recorded, key, stored, listed) in await Task.WhenAll(events.Select(ReadAsync)))
        {
            var (sequence, @event) = (recorded.Sequence, recorded.Data);
            var claimId = ClaimViewProjection.ClaimIdOf(@event)!.Value;
            // The award is in an earlier batch.
            var award = @event is AwardRevoked ? await eventReader.FindEventAsync(claimId, cancellationToken) : null;
            var view = ClaimViewProjection.Evolve(award is null ? null : ClaimViewProjection.Evolve(null, award.Data), @event);
            // The read model used the window at the time of the claim. A hunt that closed early had a later expiry then.
            var isExpired = view is not null && ClaimRetention.ExpiryOf(view, window, options.KeepClaims) <= timeProvider.GetUtcNow();
            if (stored is not null || !isExpired)
            {
                _claims.CompareView(key, sequence, view, stored);
            }

            if (@event is IClaimEvent claim && (listed is not null || !isExpired))
            {
                _players.Add(claim.PlayerId, listed == sequence, $"does not have {claimId} at its position");
            }
        }

        async Task<(RecordedEvent Recorded, string Key, byte[]? Stored, double? Listed)> ReadAsync(RecordedEvent recorded)
        {
            var claimId = ClaimViewProjection.ClaimIdOf(recorded.Data)!.Value;
            var key = claimKeys.Claim(claimId).Name;
            var stored = redis.StringGetAsync(key);
            var listed = recorded.Data is IClaimEvent claim
                ? await redis.SortedSetScoreAsync(claimKeys.PlayerClaims(claim.PlayerId).Name, claimId.ToString("N")) : null;
            return (recorded, key, await stored, listed);
        }
    }

    /// <summary>Compares all other read models, and returns the reports of all.</summary>
    public async Task<IReadOnlyList<ReadModelReport>> CompareOthersAsync(
        string huntId, ExpectedReadModels expected, CancellationToken cancellationToken)
    {
        var liveKeys = await ReadLiveKeysAsync(cancellationToken);
        var hunt = (liveKeys(ReadModelNames.Hunts).Hunt(huntId), expected.Hunt.Sequence, expected.Hunt.View);
        return
        [
            await CompareViewsAsync(ReadModelNames.Hunts, [hunt]),
            await CompareViewsAsync(ReadModelNames.Treasures, TreasuresOf(liveKeys(ReadModelNames.Treasures), expected)),
            _claims.Report,
            _players.Report,
            await CompareLeaderboardAsync(liveKeys(ReadModelNames.Leaderboard), huntId, expected),
            await CompareMemcachedAsync(TreasuresOf(liveKeys(ReadModelNames.Memcached), expected), cancellationToken),
        ];
    }

    // Read anew for each comparison, because a replay may replace the live generation.
    private async Task<Func<string, GenerationKeys>> ReadLiveKeysAsync(CancellationToken cancellationToken)
    {
        var live = await generations.ReadAllAsync(cancellationToken);
        return readModel => keys.OfGeneration(readModel, live.GetValueOrDefault(readModel)?.Live ?? 0);
    }

    private static IEnumerable<(PartitionedKey Key, long Sequence, TreasureView? View)> TreasuresOf(
        GenerationKeys generation, ExpectedReadModels expected) => expected.Treasures.Select(
        treasure => (generation.Treasure(treasure.Key), treasure.Value.Sequence, treasure.Value.View));

    private async Task<ReadModelReport> CompareViewsAsync<TView>(
        string readModel, IEnumerable<(PartitionedKey Key, long Sequence, TView? View)> expected)
        where TView : class
    {
        var differences = new DifferenceList(readModel);
        foreach (var batch in expected.Where(entry => entry.View is not null).Chunk(BatchSize))
        {
            var values = await Task.WhenAll(batch.Select(entry => redis.StringGetAsync(entry.Key.Name)));
            foreach (var (entry, value) in batch.Zip(values))
            {
                differences.CompareView(entry.Key.Name, entry.Sequence, entry.View, value.IsNull ? null : (byte[])value!);
            }
        }

        return differences.Report;
    }

    private async Task<ReadModelReport> CompareLeaderboardAsync(GenerationKeys generation, string huntId, ExpectedReadModels expected)
    {
        var differences = new DifferenceList(ReadModelNames.Leaderboard);
        var entries = await redis.SortedSetRangeByRankWithScoresAsync(generation.Leaderboard(huntId).Name);
        // Read after the entries, which are therefore not newer.
        if ((long)await redis.StringGetAsync(generation.LeaderboardSequence(huntId).Name) > expected.LeaderboardSequence)
        {
            return differences.Report;
        }

        var scores = entries.ToDictionary(entry => (string)entry.Element!, entry => (int)entry.Score);
        foreach (var player in expected.Leaderboard.Keys.Union(scores.Keys))
        {
            differences.Add(player, expected.Leaderboard.GetValueOrDefault(player) == scores.GetValueOrDefault(player));
        }

        return differences.Report;
    }

    // Memcached may evict values, so a missing one is no difference.
    private async Task<ReadModelReport> CompareMemcachedAsync(
        IEnumerable<(PartitionedKey Key, long Sequence, TreasureView? View)> expected, CancellationToken cancellationToken)
    {
        var differences = new DifferenceList(ReadModelNames.Memcached);
        foreach (var (key, sequence, view) in expected)
        {
            var read = await memcached.GetAsync(key.Name, cancellationToken);
            if (read.Status == CacheStatus.Miss && view is not null
                && VersionedJson.Of(sequence, view).ToBytes().Length > memcached.MaxValueBytes)
            {
                differences.AddIsolated(key.Name, "is too large for Memcached");
            }
            else if (read.Status == CacheStatus.Hit)
            {
                differences.CompareView(key.Name, sequence, view, read.Value.ToArray());
            }
        }

        return differences.Report;
    }
}
