using Marten;
using MassTransit;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;

namespace TreasureHunt.Peers.ByTheBook;

/// <summary>Sends each claim as a request and waits for its response.</summary>
internal sealed class Requests(IClientFactory clients, IDocumentStore store) : Peer
{
    // The address is the exchange of the worker's queue; the worker declares the queue.
    private readonly IRequestClient<Claim> _claims = clients.CreateRequestClient<Claim>(new Uri($"exchange:{ClaimConsumer.Queue}"));

    public override Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken) =>
        store.HideAsync(treasureId, stock, perPlayer, cancellationToken);

    public override async Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken) =>
        (await _claims.GetResponse<PeerOutcome>(claim, cancellationToken)).Message;

    public override Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken) =>
        store.ReadAsync(treasureId, cancellationToken);
}
