using TreasureHunt.Contracts;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Streams;

public sealed record StreamTreasureHidden(string TreasureId, int Stock, int PerPlayer);

public sealed record StreamTreasureAwarded(Guid ClaimId, string PlayerId, DateTimeOffset At);

public sealed record StreamClaimRefused(Guid ClaimId, string PlayerId, DateTimeOffset At, string Reason);

/// <summary>The aggregate, and the snapshot document that is stored with each award. It stays small however large the stock.</summary>
public sealed partial record StreamTreasure(string Id, int Stock, int PerPlayer, int Awarded)
{
    public static StreamTreasure Create(StreamTreasureHidden hidden) => new(hidden.TreasureId, hidden.Stock, hidden.PerPlayer, 0);

    public StreamTreasure Apply(StreamTreasureAwarded _) => this with { Awarded = Awarded + 1 };

    /// <summary>Decides a claim of a player with <paramref name="units"/> of this treasure.</summary>
    public PeerOutcome Decide(int units) =>
        Awarded >= Stock ? PeerOutcome.Rejected(Reasons.TreasureExhausted)
        : units >= PerPlayer ? PeerOutcome.Rejected(Reasons.AlreadyClaimed)
        : PeerOutcome.Won;
}

/// <summary>The outcomes of a player's claims of one treasure: a document, so that the same claim gets the same outcome.</summary>
public sealed record PlayerClaims(string Id, IReadOnlyDictionary<Guid, PeerOutcome> OutcomesByClaim)
{
    public int Units => OutcomesByClaim.Values.Count(outcome => outcome.Outcome == Outcomes.Won);

    public static PlayerClaims None(Claim claim) => new(IdOf(claim), new Dictionary<Guid, PeerOutcome>());

    public static string IdOf(Claim claim) => $"{claim.TreasureId}/{claim.PlayerId}";

    public PlayerClaims With(Guid claimId, PeerOutcome outcome) =>
        this with { OutcomesByClaim = new Dictionary<Guid, PeerOutcome>(OutcomesByClaim) { [claimId] = outcome } };
}
