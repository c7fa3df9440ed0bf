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

    // Read anew for each comparison, because a replay may replace the live generation.
    private IReadOnlyDictionary<string, LiveGeneration> _live = new Dictionary<string, LiveGeneration>();

    /// <summary>Compares events of claims with the claims and with the players' lists of claims, which span hunts.</summary>
    /// <param name="window">The window of the hunt: a missing claim that has expired is no difference.</param>
    public async Task CompareClaimsAsync(
        IReadOnlyList<(long Sequence, object Event)> events, HuntWindow? window, CancellationToken cancellationToken)
    {
        _live = await generations.ReadAllAsync(cancellationToken);
        var claimKeys = LiveKeys(ReadModelNames.Claims);
        foreach (var (sequence, @event, key, stored, listed) in await Task.WhenAll(events.Select(ReadAsync)))
        {
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

        async Task<(long Sequence, object Event, string Key, byte[]? Stored, double? Listed)> ReadAsync((long Sequence, object Event) entry)
        {
            var claimId = ClaimViewProjection.ClaimIdOf(entry.Event)!.Value;
            var key = claimKeys.Claim(claimId).Name;
            var stored = redis.StringGetAsync(key);
            var listed = entry.Event is IClaimEvent claim
                ? await redis.SortedSetScoreAsync(claimKeys.PlayerClaims(claim.PlayerId).Name, claimId.ToString("N")) : null;
            return (entry.Sequence, entry.Event, key, await stored, listed);
        }
    }

    /// <summary>Compares all other read models, and returns the reports of all.</summary>
    public async Task<IReadOnlyList<ReadModelReport>> CompareOthersAsync(
        string huntId, ExpectedReadModels expected, CancellationToken cancellationToken)
    {
        _live = await generations.ReadAllAsync(cancellationToken);
        var hunt = (LiveKeys(ReadModelNames.Hunts).Hunt(huntId), expected.Hunt.Sequence, expected.Hunt.View);
        return
        [
            await CompareViewsAsync(ReadModelNames.Hunts, [hunt]),
            await CompareViewsAsync(ReadModelNames.Treasures, TreasuresOf(ReadModelNames.Treasures, expected)),
            _claims.Report,
            _players.Report,
            await CompareLeaderboardAsync(huntId, expected),
            await CompareMemcachedAsync(TreasuresOf(ReadModelNames.Memcached, expected), cancellationToken),
        ];
    }

    private GenerationKeys LiveKeys(string readModel) => keys.OfGeneration(readModel, _live.GetValueOrDefault(readModel)?.Live ?? 0);

    private IEnumerable<(PartitionedKey Key, long Sequence, TreasureView? View)> TreasuresOf(
        string readModel, ExpectedReadModels expected) => expected.Treasures.Select(
        treasure => (LiveKeys(readModel).Treasure(treasure.Key), treasure.Value.Sequence, treasure.Value.View));

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

    private async Task<ReadModelReport> CompareLeaderboardAsync(string huntId, ExpectedReadModels expected)
    {
        var differences = new DifferenceList(ReadModelNames.Leaderboard);
        var entries = await redis.SortedSetRangeByRankWithScoresAsync(LiveKeys(ReadModelNames.Leaderboard).Leaderboard(huntId).Name);
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
