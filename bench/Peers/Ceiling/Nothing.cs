using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Ceiling;

/// <summary>Accepts every claim at once and decides none: the ceiling of the front.</summary>
internal class Nothing : Peer
{
    /// <summary>The stock of each treasure. No claim changes it.</summary>
    private const int Stock = 1_000;

    public override Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken) => Task.FromResult(PeerOutcome.Pending);

    /// <summary>Every id is a treasure.</summary>
    public override Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken) =>
        Task.FromResult<TreasureAnswer?>(new(treasureId, Stock, Stock));
}
