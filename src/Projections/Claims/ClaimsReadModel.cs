using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Events;
using TreasureHunt.EventStore.Reading;
using TreasureHunt.Platform.Redis;
using TreasureHunt.Projections.Hunts;
using TreasureHunt.Projections.Runtime;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Projections.Claims;

/// <summary>
/// Each claim, and each player's list of claims, in Redis. A claim expires some time after its hunt closes. A player's list expires
/// with its last claim.
/// </summary>
/// <remarks>The expiry depends on events only, so a replay or a repair sets the same one again.</remarks>
public sealed class ClaimsReadModel(
    int generation, ReadModelRedis redis, ReadModelKeys keys, EventReader eventReader, IsolatedKeys isolated,
    ReadModelOptions options,
    TimeProvider timeProvider)
    : RedisReadModel(ReadModelNames.Claims, generation, redis, keys, isolated)
{
    /// <summary>Lists whose expiry is remembered during a replay.</summary>
    private const int MaxLists = 100_000;

    private readonly Dictionary<string, DateTimeOffset> _listExpiries = [];
    private readonly StreamStates<HuntView> _hunts = new(eventReader, HuntViewProjection.Evolve);

    public static bool Includes(Type type) =>
        type.IsAssignableTo(typeof(IClaimEvent)) || type == typeof(AwardRevoked) || type.IsAssignableTo(typeof(IHuntEvent));

    protected override async Task ProjectEventsAsync(
        IReadOnlyList<RecordedEvent> events, PartitionWriteBatch writes, CancellationToken cancellationToken)
    {
        await _hunts.ApplyEventsAsync(events.Where(recorded => recorded.Data is IHuntEvent), cancellationToken);
        var changes = new List<(string PlayerId, VersionedValue Claim)>();
        foreach (var claim in events.Where(recorded => ClaimViewProjection.ClaimIdOf(recorded.Data) is not null).GroupBy(
            recorded => ClaimViewProjection.ClaimIdOf(recorded.Data)!.Value))
        {
            await WriteClaimAsync(claim.Key, [.. claim], writes, changes, cancellationToken);
        }

        writes.Publish(SharedKeys.ClaimChanges, changes);
    }

    private async ValueTask WriteClaimAsync(
        Guid claimId, List<RecordedEvent> events, PartitionWriteBatch writes, List<(string PlayerId, VersionedValue Claim)> changes,
        CancellationToken cancellationToken)
    {
        var first = events[0];
        var (view, failure) = await ProjectClaimAsync(claimId, events, cancellationToken);
        var expiresAt = view is null ? (DateTimeOffset?)null : await GetExpiryAsync(view, first, cancellationToken);
        // A replay must not write expired claims again.
        if (expiresAt > timeProvider.GetUtcNow() || expiresAt is null)
        {
            var value = WriteState(
                writes, Keys.Claim(claimId), new Versioned<ClaimView?>(events[^1].Sequence, view), failure, expiresAt);
            if (view is not null)
            {
                changes.Add((view.PlayerId, value));
            }

            if (first.Data is IClaimEvent claim)
            {
                writes.Add(
                    Keys.PlayerClaims(claim.PlayerId), claimId.ToString("N"), first.Sequence,
                    writes.IsLive ? expiresAt : ExpiryToSend(claim.PlayerId, expiresAt));
            }
        }

        if (first.Data is IClaimEvent)
        {
            writes.Remove(new PartitionedKey(Partitions.Of(claimId), SharedKeys.Pending(claimId)));
        }
    }

    // A replay alone writes its generation, and ends when a write fails: a list that it gave this expiry needs no other.
    private DateTimeOffset? ExpiryToSend(string playerId, DateTimeOffset? expiresAt)
    {
        if (expiresAt is not { } at || (_listExpiries.TryGetValue(playerId, out var known) && known >= at))
        {
            return null;
        }

        if (_listExpiries.Count >= MaxLists)
        {
            _listExpiries.Clear();
        }

        _listExpiries[playerId] = at;
        return at;
    }

    private async ValueTask<(ClaimView? View, Exception? Failure)> ProjectClaimAsync(
        Guid claimId, List<RecordedEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            // The award is in an earlier batch. The event store always has it, the caches may not.
            var view = events[0].Data is AwardRevoked && await eventReader.FindEventAsync(claimId, cancellationToken) is { } award
                ? ClaimViewProjection.Evolve(null, award.Data) : null;
            return (events.Aggregate(view, (state, recorded) => ClaimViewProjection.Evolve(state, recorded.Data)), null);
        }
        catch (Exception exception) when (IsolatedKeys.IsDataFailure(exception))
        {
            return (null, exception);
        }
    }

    private async ValueTask<DateTimeOffset> GetExpiryAsync(ClaimView claim, RecordedEvent recorded, CancellationToken cancellationToken)
    {
        HuntView? hunt = null;
        try
        {
            hunt = await _hunts.StateAtAsync(StreamNames.Hunt(claim.HuntId), recorded.Sequence, cancellationToken);
        }
        catch (Exception exception) when (exception is EvolveException || IsolatedKeys.IsDataFailure(exception))
        {
            // The key of the hunt is isolated by its own read model. Without a window, the retention starts at the claim's decision.
        }

        return ClaimRetention.ExpiryOf(claim, hunt?.Window, options.KeepClaims);
    }
}
