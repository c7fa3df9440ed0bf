using TreasureHunt.Contracts;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Streams;

public sealed record TreasureHidden(string TreasureId, int Stock, int PerPlayer);

public sealed record TreasureAwarded(Guid ClaimId, string PlayerId, DateTimeOffset At);

public sealed record ClaimRefused(Guid ClaimId, string PlayerId, DateTimeOffset At, string Reason);

/// <summary>The aggregate, and the snapshot document that is stored with each award. It stays small however large the stock.</summary>
public sealed partial record Treasure(string Id, int Stock, int PerPlayer, int Awarded)
{
    public static Treasure Create(TreasureHidden hidden) => new(hidden.TreasureId, hidden.Stock, hidden.PerPlayer, 0);

    public Treasure Apply(TreasureAwarded _) => this with { Awarded = Awarded + 1 };

    /// <summary>What comes of a claim of a player who holds <paramref name="units"/> of this treasure.</summary>
    public Verdict Decide(int units) =>
        Awarded >= Stock ? Verdict.Rejected(Reasons.TreasureExhausted)
        : units >= PerPlayer ? Verdict.Rejected(Reasons.AlreadyClaimed)
        : Verdict.Won;
}

/// <summary>What a player's claims of one treasure came to: a document, so that the same claim gets the same answer.</summary>
public sealed record PlayerClaims(string Id, IReadOnlyDictionary<Guid, Verdict> Verdicts)
{
    public int Units => Verdicts.Values.Count(verdict => verdict.Outcome == Outcomes.Won);

    public static PlayerClaims None(Claim claim) => new(IdOf(claim), new Dictionary<Guid, Verdict>());

    public static string IdOf(Claim claim) => $"{claim.TreasureId}/{claim.PlayerId}";

    public PlayerClaims With(Guid claimId, Verdict verdict) => this with { Verdicts = new Dictionary<Guid, Verdict>(Verdicts) { [claimId] = verdict } };
}
