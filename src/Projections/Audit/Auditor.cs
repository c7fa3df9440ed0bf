using TreasureHunt.Contracts;
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
    /// <summary>Claims that are compared at once.</summary>
    private const int BatchSize = 1_000;

    /// <summary>Batches that are compared at the same time.</summary>
    private const int MaxComparisons = 3;

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
        var catchUp = new ReadModelCatchUp(eventReader, [.. live], timeProvider, options.CatchUpTimeout);
        var last = 0L;
        await Parallel.ForEachAsync(
            ReadClaimsAsync(),
            // A pause after each batch needs one batch at a time.
            new ParallelOptions { MaxDegreeOfParallelism = pauseFactor > 0 ? 1 : MaxComparisons, CancellationToken = cancellationToken },
            async (batch, cancellation) => await comparison.CompareClaimsAsync(batch.Claims, batch.Window, cancellation));
        tally.CompareStreams(await eventReader.ReadStreamVersionsAsync(tally.Streams, cancellationToken));
        await catchUp.WaitForSequenceAsync(last, cancellationToken);
        return tally.ToReport(huntId, await comparison.CompareOthersAsync(huntId, expected, cancellationToken));

        async IAsyncEnumerable<(RecordedEvent[] Claims, HuntWindow? Window)> ReadClaimsAsync()
        {
            var since = timeProvider.GetTimestamp();
            await foreach (var batch in eventReader.ReadHuntAsync(huntId, cancellationToken))
            {
                foreach (var recorded in batch.Events)
                {
                    tally.CountEvent(recorded.Stream, recorded.Version, recorded.Data);
                    expected.ApplyEvent(recorded.Sequence, recorded.Data);
                    last = recorded.Sequence;
                }

                var window = expected.Hunt.View?.Window;
                var claimEvents = batch.Events.Where(recorded => ClaimViewProjection.ClaimIdOf(recorded.Data) is not null);
                foreach (var claims in claimEvents.Chunk(BatchSize))
                {
                    await catchUp.WaitForSequenceAsync(claims[^1].Sequence, cancellationToken);
                    yield return (claims, window);
                    await Task.Delay(pauseFactor * timeProvider.GetElapsedTime(since), timeProvider, cancellationToken);
                    since = timeProvider.GetTimestamp();
                }
            }
        }
    }
}
