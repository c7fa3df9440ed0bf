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

/// <summary>Audits a hunt: checks its events against the rules, and the read models against its events.</summary>
public sealed class Auditor(
    EventReader eventReader,
    IEnumerable<LiveReadModel> live,
    ReadModelRedis redis,
    MemcachedClient memcached,
    GenerationTable generations,
    ReadModelKeys keys,
    ReadModelOptions readModels,
    AuditOptions options,
    TimeProvider timeProvider) : IDisposable
{
    /// <summary>Claims that are compared at once. No more are held in memory.</summary>
    private const int BatchSize = 1_000;

    // An audit holds the state of a whole hunt in memory, so one audit runs at a time.
    private readonly SemaphoreSlim _lock = new(1);

    /// <param name="pauseFactor">
    /// The pause after each batch, as a multiple of the time that the batch took; 0 when a caller waits for the result.
    /// </param>
    public async Task<HuntReport> AuditHuntAsync(string huntId, int pauseFactor, CancellationToken cancellationToken)
    {
        await _lock.WaitAsync(cancellationToken);
        try
        {
            return await AuditAloneAsync(huntId, pauseFactor, cancellationToken);
        }
        finally
        {
            _lock.Release();
        }
    }

    public void Dispose() => _lock.Dispose();

    private async Task<HuntReport> AuditAloneAsync(string huntId, int pauseFactor, CancellationToken cancellationToken)
    {
        var (tally, expected) = (new HuntTally(), new ExpectedReadModels());
        var comparison = new ReadModelComparison(redis.Database, memcached, keys, generations, eventReader, readModels, timeProvider);
        var claims = new List<(long Sequence, object Event)>(BatchSize);
        var catchUp = new ReadModelCatchUp(eventReader, [.. live], timeProvider, options.CatchUpTimeout);
        var (last, since) = (0L, timeProvider.GetTimestamp());
        await foreach (var recorded in eventReader.ReadHuntAsync(huntId, cancellationToken))
        {
            tally.CountEvent(recorded.Stream, recorded.Version, recorded.Data);
            expected.ApplyEvent(recorded.Sequence, recorded.Data);
            last = recorded.Sequence;
            if (ClaimViewProjection.ClaimIdOf(recorded.Data) is not null)
            {
                claims.Add((recorded.Sequence, recorded.Data));
            }

            if (claims.Count == BatchSize)
            {
                await catchUp.WaitForSequenceAsync(last, cancellationToken);
                await comparison.CompareClaimsAsync(claims, expected.Hunt.View?.Window, cancellationToken);
                claims.Clear();
                await Task.Delay(pauseFactor * timeProvider.GetElapsedTime(since), timeProvider, cancellationToken);
                since = timeProvider.GetTimestamp();
            }
        }

        tally.CompareStreams(await eventReader.ReadStreamVersionsAsync(tally.Streams, cancellationToken));
        await catchUp.WaitForSequenceAsync(last, cancellationToken);
        await comparison.CompareClaimsAsync(claims, expected.Hunt.View?.Window, cancellationToken);
        return tally.ToReport(huntId, await comparison.CompareOthersAsync(huntId, expected, cancellationToken));
    }
}
