using TreasureHunt.Contracts;

namespace TreasureHunt.Peers.Front;

/// <summary>Another design for claims. All peers have the same HTTP front, so that only the design differs.</summary>
public abstract class Peer
{
    /// <summary>Prepares the storage before the first claim. Several processes may do it at once.</summary>
    public virtual Task PrepareAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Adds a treasure. An existing one does not change: admins repeat commands without a response.</summary>
    public abstract Task HideAsync(string treasureId, int stock, int perPlayer, CancellationToken cancellationToken);

    /// <summary>Decides a claim. An exception becomes a 503, and the caller retries the same claim.</summary>
    public abstract Task<PeerOutcome> ClaimAsync(Claim claim, CancellationToken cancellationToken);

    /// <summary>Null when there is no such treasure.</summary>
    public abstract Task<TreasureAnswer?> ReadAsync(string treasureId, CancellationToken cancellationToken);
}

/// <summary>A claim that the front received.</summary>
public sealed record Claim(Guid ClaimId, string TreasureId, string PlayerId, DateTimeOffset At);

/// <summary>The outcome of a claim, with one of <see cref="Reasons"/> when it was rejected.</summary>
public sealed record PeerOutcome(string Outcome, string? Reason = null)
{
    public static readonly PeerOutcome Won = new(Outcomes.Won);

    public static readonly PeerOutcome Pending = new(Outcomes.Pending);

    public static PeerOutcome Rejected(string reason) => new(Outcomes.Rejected, reason);
}

/// <summary>A claim as its player sees it.</summary>
public sealed record ClaimAnswer(Guid ClaimId, string TreasureId, string PlayerId, string Outcome, string? Reason);

/// <summary>A treasure as clients see it.</summary>
public sealed record TreasureAnswer(string TreasureId, int Stock, int Remaining);
