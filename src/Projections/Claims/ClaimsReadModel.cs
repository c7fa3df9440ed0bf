using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Claims;

/// <summary>
/// Keeps each claim, and each player's list of claims, in Redis. A claim expires some time after its hunt closes; a player's
/// list expires with the last claim in it.
/// </summary>
/// <remarks>The expiry follows from the event store alone, so a replay or a repair sets the same one again.</remarks>
public sealed class ClaimsReadModel(
    int generation, ReadModelRedis redis, ReadModelKeys keys, RecordedEventReader log, IsolatedKeys isolated, ReadModelOptions options,
    TimeProvider timeProvider)
    : RedisReadModel(ReadModelNames.Claims, generation, redis, keys, isolated)
{
    private readonly StreamStates<HuntView> _hunts = new(log, HuntViewProjection.Fold);

    public static bool Includes(Type type) =>
        type.IsAssignableTo(typeof(IClaimEvent)) || type == typeof(AwardRevoked) || type.IsAssignableTo(typeof(IHuntEvent));

    protected override async Task FoldAsync(
        IReadOnlyList<RecordedEvent> facts, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        await _hunts.AdvanceAsync(facts.Where(fact => fact.Data is IHuntEvent), cancellationToken);
        foreach (var claim in facts.Where(fact => ClaimViewProjection.ClaimOf(fact.Data) is not null).GroupBy(
            fact => ClaimViewProjection.ClaimOf(fact.Data)!.Value))
        {
            await FoldAsync(claim.Key, [.. claim], writes, cancellationToken);
        }
    }

    private async Task FoldAsync(Guid claimId, List<RecordedEvent> facts, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        var first = facts[0];
        var (view, failure) = await ViewOfAsync(claimId, facts, cancellationToken);
        var expiresAt = view is null ? (DateTimeOffset?)null : await ExpiryOfAsync(view, first, cancellationToken);
        // What has expired is not written again, by a replay for example.
        if (expiresAt > timeProvider.GetUtcNow() || expiresAt is null)
        {
            Write(writes, Names.Claim(claimId), new Versioned<ClaimView?>(facts[^1].Sequence, view), failure, expiresAt: expiresAt);
            if (first.Data is IClaimEvent decided)
            {
                writes.Add(Names.PlayerClaims(decided.PlayerId), claimId.ToString("N"), first.Sequence, expiresAt);
            }
        }

        if (first.Data is IClaimEvent)
        {
            writes.Remove(new PartitionedKey(Partitions.Of(claimId), Keys.Pending(claimId)), first.Sequence);
        }
    }

    private async Task<(ClaimView? View, Exception? Failure)> ViewOfAsync(
        Guid claimId, List<RecordedEvent> facts, CancellationToken cancellationToken)
    {
        try
        {
            // The award was told in an earlier page; the log still has it, whatever became of the caches.
            var view = facts[0].Data is AwardRevoked && await log.EventAsync(claimId, cancellationToken) is { } award
                ? ClaimViewProjection.Fold(null, award.Data) : null;
            return (facts.Aggregate(view, (folded, fact) => ClaimViewProjection.Fold(folded, fact.Data)), null);
        }
        catch (Exception exception) when (IsolatedKeys.IsDataFailure(exception))
        {
            return (null, exception);
        }
    }

    private async Task<DateTimeOffset> ExpiryOfAsync(ClaimView claim, RecordedEvent fact, CancellationToken cancellationToken)
    {
        HuntView? hunt = null;
        try
        {
            hunt = await _hunts.AtAsync(StreamNames.Hunt(claim.HuntId), fact.Sequence, cancellationToken);
        }
        catch (Exception exception) when (exception is EvolveException || IsolatedKeys.IsDataFailure(exception))
        {
            // The hunt's own key tells that it cannot be folded; its claims are kept as if it had closed when they were decided.
        }

        return ClaimRetention.ExpiryOf(claim, hunt?.Window, options.KeepClaims);
    }
}
