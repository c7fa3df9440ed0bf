using TreasureHunt.Contracts;

namespace TreasureHunt.Peers.Front;

/// <summary>Another way of giving away treasures. All peers have the same front, so that only what is behind it differs.</summary>
public abstract class Peer
{
    /// <summary>Makes what must be there before the first claim. Several processes may do it at once.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Puts a treasure in place. One that is there already stays as it is: admins repeat what was not answered.</summary>
    public abstract Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken);

    /// <summary>Decides a claim. What it throws makes a 503, and its caller comes back with the same claim.</summary>
    public abstract Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken);

    /// <summary>Null when there is no such treasure.</summary>
    public abstract Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken);
}

/// <summary>A claim as the front took it.</summary>
public sealed record Claim(Guid ClaimId, string TreasureId, string PlayerId, DateTimeOffset At);

/// <summary>What a claim came to, and one of <see cref="Reasons"/> when it was rejected.</summary>
public sealed record PeerOutcome(string Outcome, string? Reason = null)
{
    public static readonly PeerOutcome Won = new(Outcomes.Won);

    public static readonly PeerOutcome Pending = new(Outcomes.Pending);

    public static PeerOutcome Rejected(string reason) => new(Outcomes.Rejected, reason);
}

/// <summary>A claim as its player sees it.</summary>
public sealed record ClaimAnswer(Guid ClaimId, string TreasureId, string PlayerId, string Outcome, string? Reason);

/// <summary>A treasure as anybody sees it.</summary>
public sealed record TreasureAnswer(string TreasureId, int Stock, int Remaining);
