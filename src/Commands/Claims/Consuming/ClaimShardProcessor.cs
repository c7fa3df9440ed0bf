using System.Collections.Concurrent;
using TreasureHunt.Commands.Claims.Batching;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Domain.Claims;
using TreasureHunt.Platform.Batching;

namespace TreasureHunt.Commands.Claims.Consuming;

/// <summary>
/// Processes the messages of one claim queue: it takes all waiting messages, sorts them into the broker's order, and decides their claims
/// in batches. Within a batch the order in which the claims were received counts (<see cref="Domain.Claims.ClaimBatch"/>).
/// </summary>
public sealed class ClaimShardProcessor : IAsyncDisposable
{
    /// <summary>Maximum number of unacknowledged messages.</summary>
    public const int Prefetch = 64;

    /// <summary>Extra time that the next transaction waits for messages, for each message of this one.</summary>
    private static readonly TimeSpan LingerPerMessage = TimeSpan.FromMilliseconds(3);

    /// <summary>Maximum number of claims in one transaction.</summary>
    private const int MaxClaims = 1000;

    private readonly ClaimBatchHandler _handler;
    private readonly OutcomeSender _outcomes;
    private readonly GroupCommit<Delivery> _groupCommit;
    private readonly ConcurrentDictionary<Delivery, byte> _undecided = [];
    private readonly TimeProvider _timeProvider;
    private readonly CancellationToken _stopping;

    public ClaimShardProcessor(
        ClaimBatchHandler handler, OutcomeSender outcomes, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        (_handler, _outcomes) = (handler, outcomes);
        _timeProvider = timeProvider;
        _stopping = cancellationToken;
        var linger = new Linger(LingerPerMessage, timeProvider);
        _groupCommit = new GroupCommit<Delivery>(Prefetch * 2, Prefetch, DecideAllAsync, decided => linger.AfterAsync(decided.Count));
    }

    /// <summary>The time since this worker received its oldest undecided message; zero when it has none.</summary>
    public TimeSpan OldestUndecided =>
        _undecided.Keys.Select(delivery => _timeProvider.GetElapsedTime(delivery.ReceivedAt)).DefaultIfEmpty().Max();

    /// <summary>Decides the claims of a message. Completes when each claim is recorded or cannot be decided.</summary>
    /// <param name="order">The delivery tag of the message.</param>
    /// <param name="replyTo">The Api to which the outcomes are sent; null when no caller waits for them.</param>
    /// <exception cref="OperationCanceledException">The shard is closing.</exception>
    public async Task<ClaimBatchResult> DecideAsync(ulong order, IReadOnlyList<AcceptedClaim> claims, Uri? replyTo)
    {
        var delivery = new Delivery(order, claims, replyTo, _timeProvider.GetTimestamp());
        if (!_groupCommit.TryAdd(delivery, out var committed))
        {
            // More messages than the prefetch cannot arrive, so the shard is closing. The broker delivers the message to another worker.
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

    public ValueTask DisposeAsync() => _groupCommit.DisposeAsync();

    private async Task DecideAllAsync(IReadOnlyList<Delivery> deliveries)
    {
        // Handlers run concurrently and may arrive out of order. The delivery tags have the order in which the broker sent the messages.
        var claims = deliveries.OrderBy(delivery => delivery.Order).SelectMany(delivery => delivery.Claims);
        var (outcomes, failed) = (new Dictionary<Guid, IClaimEvent>(), new Dictionary<Guid, Exception>());
        foreach (var chunk in claims.Chunk(MaxClaims))
        {
            var result = await _handler.HandleAsync(chunk, _stopping);
            foreach (var (claimId, outcome) in result.Outcomes)
            {
                outcomes[claimId] = outcome;
            }

            foreach (var (claimId, exception) in result.Failed)
            {
                failed[claimId] = exception;
            }
        }

        var all = new ClaimBatchResult(outcomes, failed);
        foreach (var delivery in deliveries)
        {
            delivery.Result = all;
        }

        Reply(deliveries, outcomes);
    }

    // One reply for each Api, although it may have sent several messages. The messages are acknowledged meanwhile: the claims are recorded,
    // and an Api that misses a reply reads the outcome from the read models.
    private void Reply(IReadOnlyList<Delivery> deliveries, Dictionary<Guid, IClaimEvent> outcomes)
    {
        foreach (var api in deliveries.Where(delivery => delivery.ReplyTo is not null).GroupBy(delivery => delivery.ReplyTo!))
        {
            var decided = api.SelectMany(delivery => delivery.Claims)
                .Select(claim => outcomes.GetValueOrDefault(claim.ClaimId)).OfType<IClaimEvent>()
                .Select(ClaimDecider.ToDecidedClaim).ToList();
            if (decided.Count > 0)
            {
                _ = _outcomes.SendAsync(api.Key, decided);
            }
        }
    }

    private sealed class Delivery(ulong order, IReadOnlyList<AcceptedClaim> claims, Uri? replyTo, long receivedAt)
    {
        public ulong Order { get; } = order;

        public IReadOnlyList<AcceptedClaim> Claims { get; } = claims;

        public Uri? ReplyTo { get; } = replyTo;

        /// <summary>A timestamp of the <see cref="TimeProvider"/>.</summary>
        public long ReceivedAt { get; } = receivedAt;

        /// <summary>The result of the whole batch, which contains more than the claims of this message.</summary>
        public ClaimBatchResult Result { get; set; } = null!;
    }
}
