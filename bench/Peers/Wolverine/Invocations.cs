using Marten;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using Wolverine.Runtime;

namespace TreasureHunt.Peers.Wolverine;

/// <summary>Invokes the handler of each claim over the queue of its treasure, and waits for the response.</summary>
internal sealed class Invocations(IWolverineRuntime runtime, IDocumentStore store) : Peer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public override Task Hide(string treasureId, int stock, int perPlayer, CancellationToken cancellation) =>
        store.Hide(treasureId, stock, perPlayer, cancellation);

    public override Task<PeerOutcome> Claim(Claim claim, CancellationToken cancellation) =>
        new MessageBus(runtime).EndpointFor(QueuePartitions.QueueOf(claim.TreasureId)).InvokeAsync<PeerOutcome>(new DecideClaim(claim), cancellation, Patience);

    public override Task<TreasureAnswer?> Read(string treasureId, CancellationToken cancellation) => store.Read(treasureId, cancellation);
}
