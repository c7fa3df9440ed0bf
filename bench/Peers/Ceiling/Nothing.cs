using System.Collections.Concurrent;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Ceiling;

/// <summary>Accepts every claim at once and decides none: the ceiling of the front.</summary>
internal class Nothing : Peer
{
    private readonly ConcurrentDictionary<string, int> _stocks = [];

    public override Task Hide(string treasureId, int stock, int perPlayer, CancellationToken cancellation)
    {
        _stocks.TryAdd(treasureId, stock);
        return Task.CompletedTask;
    }

    public override Task<Verdict> Claim(Claim claim, CancellationToken cancellation) => Task.FromResult(Verdict.Pending);

    /// <summary>A treasure that was hidden through this process; nothing of it is ever taken.</summary>
    public override Task<TreasureAnswer?> Read(string treasureId, CancellationToken cancellation) =>
        Task.FromResult(_stocks.TryGetValue(treasureId, out var stock) ? new TreasureAnswer(treasureId, stock, stock) : null);
}
