using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Ceiling;

/// <summary>Accepts every claim at once and decides none: the ceiling of the front.</summary>
internal class Nothing : Peer
{
    /// <summary>Nothing of it is ever taken.</summary>
    private const int Stock = 1_000;

    public override Task Hide(string treasureId, int stock, int perPlayer, CancellationToken cancellation) => Task.CompletedTask;

    public override Task<PeerOutcome> Claim(Claim claim, CancellationToken cancellation) => Task.FromResult(PeerOutcome.Pending);

    /// <summary>Whatever it is asked for is there.</summary>
    public override Task<TreasureAnswer?> Read(string treasureId, CancellationToken cancellation) =>
        Task.FromResult<TreasureAnswer?>(new(treasureId, Stock, Stock));
}
