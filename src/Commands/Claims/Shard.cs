using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using TreasureHunt.Platform;

namespace TreasureHunt.Commands.Claims;

/// <summary>
/// The worker's end of one claim queue: whatever messages are waiting are taken together, put back into the broker's
/// order, and decided in one go.
/// </summary>
public sealed class Shard : IAsyncDisposable
{
    /// <summary>Messages that may be held unacknowledged.</summary>
    public const int Prefetch = 64;

    /// <summary>For each message of a transaction, so much longer the next transaction gathers.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(10);

    /// <summary>Claims in one transaction at the most.</summary>
    private const int MaxClaims = 1000;

    private readonly ClaimDesk _desk;
    private readonly GroupCommit<Delivery> _gathered;
    private readonly CancellationToken _stopping;

    public Shard(ClaimDesk desk, TimeProvider time, CancellationToken stopping)
    {
        _desk = desk;
        _stopping = stopping;
        _gathered = new GroupCommit<Delivery>(Prefetch * 2, Prefetch, Linger, time, DecideAll);
    }

    /// <summary>Ends when every claim of the message is decided and recorded.</summary>
    public async Task<IReadOnlyList<IClaimEvent>> Decide(ulong order, IReadOnlyList<AcceptedClaim> claims)
    {
        var delivery = new Delivery(order, claims);
        if (!_gathered.TryAdd(delivery, out var committed))
        {
            // More than the prefetch cannot arrive, so the shard is closing: the broker hands the message to another worker.
            throw new OperationCanceledException("The shard is closing.");
        }

        await committed;
        return delivery.Outcomes;
    }

    public ValueTask DisposeAsync() => _gathered.DisposeAsync();

    private async Task DecideAll(IReadOnlyList<Delivery> deliveries)
    {
        // Handlers run side by side and may arrive out of order; the delivery tag remembers how the broker sent them.
        var claims = deliveries.OrderBy(delivery => delivery.Order).SelectMany(delivery => delivery.Claims);
        var outcomes = new Dictionary<Guid, IClaimEvent>();
        foreach (var chunk in claims.Chunk(MaxClaims))
        {
            foreach (var (claimId, outcome) in await _desk.Decide(chunk, _stopping))
            {
                outcomes[claimId] = outcome;
            }
        }

        foreach (var delivery in deliveries)
        {
            delivery.Outcomes = delivery.Claims.Select(claim => outcomes[claim.ClaimId]).ToList();
        }
    }

    private sealed class Delivery(ulong order, IReadOnlyList<AcceptedClaim> claims)
    {
        public ulong Order { get; } = order;

        public IReadOnlyList<AcceptedClaim> Claims { get; } = claims;

        public IReadOnlyList<IClaimEvent> Outcomes { get; set; } = [];
    }
}
