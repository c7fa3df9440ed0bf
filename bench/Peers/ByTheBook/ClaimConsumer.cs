using Marten;
using MassTransit;
using RedLockNet;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using ConcurrencyException = JasperFx.ConcurrencyException;

namespace TreasureHunt.Peers.ByTheBook;

/// <summary>Decides one claim a message, alone with its treasure.</summary>
public sealed class ClaimConsumer(IDistributedLockFactory locks, IDocumentSession session) : IConsumer<Claim>
{
    public const string Queue = "bench-book-claims";

    /// <summary>Messages at once: enough to keep many treasures busy, few enough that a popular one's do not crowd its lock.</summary>
    private const int AtOnce = 16;

    /// <summary>The next messages are there when a handler is free.</summary>
    private const int Prefetch = 2 * AtOnce;

    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);

    // The README has a second here. A lock is held for milliseconds.
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    public static void Configure(IRabbitMqReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.SetQuorumQueue();
        endpoint.PrefetchCount = Prefetch;
        endpoint.ConcurrentMessageLimit = AtOnce;
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
        await using var held = await locks.CreateLockAsync($"bench-book:{claim.TreasureId}", Expiry, Wait, Retry, cancellationToken);
        if (!held.IsAcquired)
        {
            throw new TimeoutException($"The lock of {claim.TreasureId} could not be had: {held.Status}.");
        }

        // One round trip for both; the version of the stream is read first.
        var batch = session.CreateBatchQuery();
        var stream = batch.Events.FetchForWriting<StreamTreasure>(claim.TreasureId);
        var earlier = batch.Load<PlayerClaims>(PlayerClaims.IdOf(claim));
        await batch.Execute(cancellationToken);
        var verdict = Claiming.Decide(claim, await stream, await earlier, session);
        await session.SaveChangesAsync(cancellationToken);
        return verdict;
    }
}
