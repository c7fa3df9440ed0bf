using Marten;
using MassTransit;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;

namespace TreasureHunt.Peers.ByTheBook;

/// <summary>Sends each claim as a request and waits for its response.</summary>
internal sealed class Requests(IClientFactory clients, IDocumentStore store) : Peer
{
    // Straight to the exchange of the worker's queue; declaring the queue itself is the worker's part.
    private readonly IRequestClient<Claim> _claims = clients.CreateRequestClient<Claim>(new Uri($"exchange:{ClaimConsumer.Queue}"));

    public override Task Hide(string treasureId, int stock, int perPlayer, CancellationToken cancellation) =>
        store.Hide(treasureId, stock, perPlayer, cancellation);

    public override async Task<PeerOutcome> Claim(Claim claim, CancellationToken cancellation) =>
        (await _claims.GetResponse<PeerOutcome>(claim, cancellation)).Message;

    public override Task<TreasureAnswer?> Read(string treasureId, CancellationToken cancellation) => store.Read(treasureId, cancellation);
}
