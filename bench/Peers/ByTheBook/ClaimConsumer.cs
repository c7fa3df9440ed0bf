using Marten;
using MassTransit;
using RedLockNet;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using ConcurrencyException = JasperFx.ConcurrencyException;

namespace TreasureHunt.Peers.ByTheBook;

/// <summary>Decides one claim per message, while it holds the lock of the treasure.</summary>
public sealed class ClaimConsumer(IDistributedLockFactory locks, IDocumentSession session) : IConsumer<Claim>
{
    public const string Queue = "bench-book-claims";

    /// <summary>
    /// Concurrent messages: enough for many treasures, and few enough that those of a popular treasure do not all wait for its lock.
    /// </summary>
    private const int MaxConcurrentMessages = 16;

    /// <summary>A free handler finds the next message in memory.</summary>
    private const int Prefetch = 2 * MaxConcurrentMessages;

    private static readonly TimeSpan LockTtl = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LockTimeout = TimeSpan.FromSeconds(10);

    // The README of RedLock.net uses a second, but a lock is held for milliseconds.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(20);

    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = Prefetch;
        endpoint.ConcurrentMessageLimit = MaxConcurrentMessages;
        // A new consumer, with a new session, for each try.
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<ConcurrencyException>();
            retry.Immediate(5);
        });
        endpoint.ConfigureConsumer<ClaimConsumer>(context);
    }

    public async Task Consume(ConsumeContext<Claim> context) =>
        await context.RespondAsync(await DecideAsync(context.Message, context.CancellationToken));

    private async Task<PeerOutcome> DecideAsync(Claim claim, CancellationToken cancellationToken)
    {
        await using var held =
            await locks.CreateLockAsync($"bench-book:{claim.TreasureId}", LockTtl, LockTimeout, RetryInterval, cancellationToken);
        if (!held.IsAcquired)
        {
            throw new TimeoutException($"The lock of {claim.TreasureId} was not acquired: {held.Status}.");
        }

        // One round trip for both; the version of the stream is read first.
        var batch = session.CreateBatchQuery();
        var stream = batch.Events.FetchForWriting<StreamTreasure>(claim.TreasureId);
        var earlier = batch.Load<PlayerClaims>(PlayerClaims.IdOf(claim));
        await batch.Execute(cancellationToken);
        var outcome = PeerDecider.Decide(claim, await stream, await earlier, session);
        await session.SaveChangesAsync(cancellationToken);
        return outcome;
    }
}
