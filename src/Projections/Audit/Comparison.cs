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
/// Compares what the caches hold with what the log says. A value that is newer than the log that was read is no difference.
/// </summary>
public sealed class Comparison(
    IDatabase redis, MemcachedClient memcached, ReadModelKeys keys, GenerationTable generations, RecordedEventReader facts,
    ReadModelOptions options, TimeProvider timeProvider)
{
    private readonly DifferenceList _claims = new(ReadModelNames.Claims);
    private readonly DifferenceList _players = new("players");

    // Read for each comparison: a replay may put another generation in the place of the live one.
    private IReadOnlyDictionary<string, LiveGeneration> _live = new Dictionary<string, LiveGeneration>();

    /// <summary>Compares some events of claims: the claim itself, and its place in its player's list, which spans hunts.</summary>
    /// <param name="window">The window of their hunt: a claim that has expired since is no difference when it is missing.</param>
    public async Task ClaimsAsync(
        IReadOnlyList<(long Sequence, object Event)> events, HuntWindow? window, CancellationToken cancellationToken)
    {
        _live = await generations.ReadAsync(cancellationToken);
        var names = Live(ReadModelNames.Claims);
        foreach (var (sequence, @event, key, value, place) in await Task.WhenAll(events.Select(Read)))
        {
            var claimId = ClaimViewProjection.ClaimOf(@event)!.Value;
            // The award was told earlier.
            var award = @event is AwardRevoked ? await facts.EventAsync(claimId, cancellationToken) : null;
            var view = ClaimViewProjection.Fold(award is null ? null : ClaimViewProjection.Fold(null, award.Data), @event);
            // The claim was written when its hunt was known as it was then: a hunt that was closed early had a later expiry.
            var expired = view is not null && ClaimRetention.ExpiryOf(view, window, options.KeepClaims) <= timeProvider.GetUtcNow();
            if (value is not null || !expired)
            {
                _claims.Check(key, sequence, view, value);
            }

            if (@event is IClaimEvent decided && (place is not null || !expired))
            {
                _players.Check(decided.PlayerId, place == sequence, $"has {claimId} not in its place");
            }
        }

        async Task<(long Sequence, object Event, string Key, byte[]? Value, double? Place)> Read((long Sequence, object Event) entry)
        {
            var claimId = ClaimViewProjection.ClaimOf(entry.Event)!.Value;
            var key = names.Claim(claimId).Name;
            var value = redis.StringGetAsync(key);
            var place = entry.Event is IClaimEvent decided
                ? await redis.SortedSetScoreAsync(names.PlayerClaims(decided.PlayerId).Name, claimId.ToString("N")) : null;
            return (entry.Sequence, entry.Event, key, await value, place);
        }
    }

    /// <summary>Compares everything else, and tells what was found in all.</summary>
    public async Task<IReadOnlyList<ReadModelReport>> RestAsync(string huntId, ExpectedModels expected, CancellationToken cancellationToken)
    {
        _live = await generations.ReadAsync(cancellationToken);
        return
        [
            await ViewsAsync(ReadModelNames.Hunts, [(Live(ReadModelNames.Hunts).Hunt(huntId), expected.Hunt.Sequence, expected.Hunt.View)]),
            await ViewsAsync(ReadModelNames.Treasures, Treasures(ReadModelNames.Treasures, expected)),
            _claims.Report,
            _players.Report,
            await LeaderboardAsync(huntId, expected),
            await MemcachedAsync(Treasures(ReadModelNames.Memcached, expected), cancellationToken),
        ];
    }

    private GenerationKeys Live(string readModel) => keys.In(readModel, _live.GetValueOrDefault(readModel)?.Live ?? 0);

    private IEnumerable<(PartitionedKey Key, long Sequence, TreasureView? View)> Treasures(string readModel, ExpectedModels expected) =>
        expected.Treasures.Select(treasure => (Live(readModel).Treasure(treasure.Key), treasure.Value.Sequence, treasure.Value.View));

    private async Task<ReadModelReport> ViewsAsync<TView>(
        string name, IEnumerable<(PartitionedKey Key, long Sequence, TView? View)> expected)
        where TView : class
    {
        var findings = new DifferenceList(name);
        foreach (var chunk in expected.Where(entry => entry.View is not null).Chunk(500))
        {
            var values = await Task.WhenAll(chunk.Select(entry => redis.StringGetAsync(entry.Key.Name)));
            foreach (var (entry, value) in chunk.Zip(values))
            {
                findings.Check(entry.Key.Name, entry.Sequence, entry.View, value.IsNull ? null : (byte[])value!);
            }
        }

        return findings.Report;
    }

    private async Task<ReadModelReport> LeaderboardAsync(string huntId, ExpectedModels expected)
    {
        var findings = new DifferenceList(ReadModelNames.Leaderboard);
        var entries = await redis.SortedSetRangeByRankWithScoresAsync(Live(ReadModelNames.Leaderboard).Leaderboard(huntId).Name);
        var scores = entries.ToDictionary(entry => (string)entry.Element!, entry => (int)entry.Score);
        foreach (var player in expected.Leaderboard.Keys.Union(scores.Keys))
        {
            findings.Check(player, expected.Leaderboard.GetValueOrDefault(player) == scores.GetValueOrDefault(player));
        }

        return findings.Report;
    }

    // Memcached may have dropped a value, which is no lie; what it holds must be true.
    private async Task<ReadModelReport> MemcachedAsync(
        IEnumerable<(PartitionedKey Key, long Sequence, TreasureView? View)> expected, CancellationToken cancellationToken)
    {
        var findings = new DifferenceList(ReadModelNames.Memcached);
        foreach (var (key, sequence, view) in expected)
        {
            var read = await memcached.GetAsync(key.Name, cancellationToken);
            if (read.Status == CacheStatus.Miss && view is not null
                && VersionedJson.Of(sequence, view).ToBytes().Length > memcached.MaxValueBytes)
            {
                findings.Isolated(key.Name, "is too large for it");
            }
            else if (read.Status == CacheStatus.Hit)
            {
                findings.Check(key.Name, sequence, view, read.Value.ToArray());
            }
        }

        return findings.Report;
    }

    private sealed class DifferenceList(string name)
    {
        private const int Examples = 5;

        private readonly List<string> _examples = [];
        private int _compared;
        private int _differences;
        private int _isolated;

        public ReadModelReport Report => new(name, _compared, _differences, _isolated, _examples);

        /// <param name="view">What the log says; null when it makes no state.</param>
        public void Check<TView>(string key, long sequence, TView? view, byte[]? found)
            where TView : class
        {
            if (found is not null && VersionedValue.TryParse(found, out var mark) && mark.IsNotWritable)
            {
                Isolated(key, $"is marked as not writable at sequence {mark.Sequence}");
            }
            else if (view is not null)
            {
                Check(key, VersionedJson.Of(sequence, view), found);
            }
            else
            {
                Check(key, found is null, "has a value, the log has none");
            }
        }

        public void Isolated(string key, string what)
        {
            _compared++;
            if (_isolated++ < Examples)
            {
                _examples.Add($"{key} {what}");
            }
        }

        private void Check(string key, VersionedValue expected, byte[]? found)
        {
            if (found is null)
            {
                Check(key, false, "is missing");
            }
            else if (!VersionedValue.TryParse(found, out var value))
            {
                Check(key, false, "is not of its form");
            }
            else if (value.Sequence <= expected.Sequence)
            {
                var same = value.Sequence == expected.Sequence && value.Json.Span.SequenceEqual(expected.Json.Span);
                Check(key, same, $"is at sequence {value.Sequence}, the log at {expected.Sequence}");
            }
        }

        public void Check(string key, bool same, string what = "differs")
        {
            _compared++;
            if (!same && _differences++ < Examples)
            {
                _examples.Add($"{key} {what}");
            }
        }
    }
}
