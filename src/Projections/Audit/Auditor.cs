using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Failures;
using TreasureHunt.Platform.Memcached;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.BlueGreen;
using TreasureHunt.Projections.Claims;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Audit;

/// <summary>Holds the log against the rules, and the read models against the fold of the log.</summary>
public sealed class Auditor(
    EventFeedReader log,
    RecordedEventReader facts,
    IEnumerable<LiveReadModel> live,
    ReadModelRedis redis,
    MemcachedClient memcached,
    GenerationTable generations,
    ReadModelKeys keys,
    ReadModelOptions options,
    TimeProvider timeProvider) : IDisposable
{
    /// <summary>Claims that are compared at a time, and all that are held of them.</summary>
    private const int PageSize = 1_000;

    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(10);

    // An audit holds the fold of a whole hunt: whoever asks for another waits for its turn.
    private readonly SemaphoreSlim _turn = new(1);

    /// <param name="rests">How many times as long as it has worked it rests after each page; 0 for somebody who waits for it.</param>
    public async Task<HuntReport> AuditAsync(string huntId, int rests, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await AuditAloneAsync(huntId, rests, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<HuntReport> AuditAloneAsync(string huntId, int rests, CancellationToken cancellationToken)
    {
        var (tally, expected, comparison) = (new HuntTally(), new ExpectedModels(), new Comparison(
            redis.Database, memcached, keys, generations, facts, options, timeProvider));
        var claims = new List<(long Sequence, object Event)>(PageSize);
        var catchUp = new CatchUp(log, [.. live], timeProvider, CatchUpTimeout);
        var (last, since) = (0L, timeProvider.GetTimestamp());
        await foreach (var line in log.ReadAsync(0, huntId, types: null, cancellationToken))
        {
            var @event = EventJson.Read(
                line.Data, EventNames.Types.TryGetValue(line.Type, out var type) ? type : throw new UnknownEventException(line.Type));
            tally.Add(line.StreamKey, line.Version, @event);
            expected.Add(line.Sequence, @event);
            last = line.Sequence;
            if (ClaimViewProjection.ClaimOf(@event) is not null)
            {
                claims.Add((line.Sequence, @event));
            }

            if (claims.Count == PageSize)
            {
                await catchUp.ToAsync(last, cancellationToken);
                await comparison.ClaimsAsync(claims, expected.Hunt.View?.Window, cancellationToken);
                claims.Clear();
                // Nothing is waited for: others have the processor meanwhile.
                await Task.Delay(rests * timeProvider.GetElapsedTime(since), timeProvider, cancellationToken);
                since = timeProvider.GetTimestamp();
            }
        }

        await catchUp.ToAsync(last, cancellationToken);
        await comparison.ClaimsAsync(claims, expected.Hunt.View?.Window, cancellationToken);
        return new HuntReport(
            huntId,
            tally.Events,
            tally.Treasures,
            tally.Won + tally.Rejected,
            tally.Won,
            tally.Rejected,
            tally.Revoked,
            tally.DoubleWinners,
            tally.OverStock,
            tally.LimitViolations,
            tally.DuplicateOutcomes,
            tally.VersionHoles,
            await comparison.RestAsync(huntId, expected, cancellationToken));
    }
}
