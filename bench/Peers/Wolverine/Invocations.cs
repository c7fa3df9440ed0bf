using Marten;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using Wolverine.Runtime;

namespace TreasureHunt.Peers.Wolverine;

/// <summary>Invokes the handler of each claim over the queue of its treasure, and waits for the response.</summary>
internal sealed class Invocations(IWolverineRuntime runtime, IDocumentStore store) : Peer
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(30);

    public override Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken) =>
        store.HideAsync(treasureId, stock, perPlayer, cancellationToken);

    public override Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken) =>
        new MessageBus(runtime).EndpointFor(QueuePartitions.QueueOf(claim.TreasureId)).InvokeAsync<PeerOutcome>(
            new DecideClaim(claim), cancellationToken, ResponseTimeout);

    public override Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken) =>
        store.ReadAsync(treasureId, cancellationToken);
}
