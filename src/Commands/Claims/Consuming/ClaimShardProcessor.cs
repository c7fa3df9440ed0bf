using System.Collections.Concurrent;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform.Batching;

namespace TreasureHunt.Commands.Claims.Consuming;

/// <summary>
/// Processes the messages of one claim queue: it takes all messages that are waiting together, sorts them into the broker's order, and
/// decides their claims in one batch.
/// </summary>
public sealed class ClaimShardProcessor : IAsyncDisposable
{
    /// <summary>Messages that may be held unacknowledged.</summary>
    public const int Prefetch = 64;

    /// <summary>How much longer the next transaction gathers, for each message of this one.</summary>
    private static readonly TimeSpan LingerPerMessage = TimeSpan.FromMilliseconds(10);

    /// <summary>Claims in one transaction at the most.</summary>
    private const int MaxClaims = 1000;

    private readonly ClaimBatchHandler _handler;
    private readonly GroupCommit<Delivery> _gathered;
    private readonly ConcurrentDictionary<Delivery, byte> _undecided = [];
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _stopping;

    public ClaimShardProcessor(ClaimBatchHandler handler, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _handler = handler;
        _timeProvider = timeProvider;
        _stopping = cancellationToken;
        _gathered = new GroupCommit<Delivery>(Prefetch * 2, Prefetch, LingerPerMessage, timeProvider, DecideAllAsync);
    }

    /// <summary>How long the oldest message waits for its decision since this worker received it; zero when none waits.</summary>
    public TimeSpan OldestUndecided =>
        _undecided.Keys.Select(delivery => _timeProvider.GetElapsedTime(delivery.ReceivedAt)).DefaultIfEmpty().Max();

    /// <summary>Ends when every claim of the message is decided and recorded, or has turned out to be impossible to decide.</summary>
    public async Task<DecidedBatch> DecideAsync(ulong order, IReadOnlyList<AcceptedClaim> claims)
    {
        var delivery = new Delivery(order, claims, _timeProvider.GetTimestamp());
        if (!_gathered.TryAdd(delivery, out var committed))
        {
            // More than the prefetch cannot arrive, so the shard is closing: the broker hands the message to another worker.
            throw new OperationCanceledException("The shard is closing.");
        }

        _undecided.TryAdd(delivery, 0);
        try
        {
            await committed;
        }
        finally
        {
            _undecided.TryRemove(delivery, out _);
        }

        return delivery.Result;
    }

    public ValueTask DisposeAsync() => _gathered.DisposeAsync();

    private async Task DecideAllAsync(IReadOnlyList<Delivery> deliveries)
    {
        // Handlers run side by side and may arrive out of order; the delivery tag remembers how the broker sent them.
        var claims = deliveries.OrderBy(delivery => delivery.Order).SelectMany(delivery => delivery.Claims);
        var (outcomes, failed) = (new Dictionary<Guid, IClaimEvent>(), new Dictionary<Guid, Exception>());
        foreach (var chunk in claims.Chunk(MaxClaims))
        {
            var decided = await _handler.HandleAsync(chunk, _stopping);
            foreach (var (claimId, outcome) in decided.Outcomes)
            {
                outcomes[claimId] = outcome;
            }

            foreach (var (claimId, exception) in decided.Failed)
            {
                failed[claimId] = exception;
            }
        }

        var all = new DecidedBatch(outcomes, failed);
        foreach (var delivery in deliveries)
        {
            delivery.Result = all;
        }
    }

    private sealed class Delivery(ulong order, IReadOnlyList<AcceptedClaim> claims, long receivedAt)
    {
        public ulong Order { get; } = order;

        public IReadOnlyList<AcceptedClaim> Claims { get; } = claims;

        /// <summary>Timestamp of the <see cref="TimeProvider"/>.</summary>
        public long ReceivedAt { get; } = receivedAt;

        /// <summary>Of the whole batch: it holds more than the claims of this message.</summary>
        public DecidedBatch Result { get; set; } = null!;
    }
}
