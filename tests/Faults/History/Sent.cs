namespace TreasureHunt.Faults.History;

/// <summary>What a client asks for.</summary>
public enum CallKind
{
    /// <summary>Posts a claim; the resource is the treasure's id.</summary>
    Claim,

    /// <summary>Asks what became of a claim; the resource is the claim's id.</summary>
    Outcome,

    /// <summary>Reads a treasure.</summary>
    Treasure,

    /// <summary>Reads a hunt.</summary>
    Hunt,
}

/// <summary>A call that was begun.</summary>
/// <param name="Client">Makes one call at a time.</param>
/// <param name="Invoked">Before anything was sent, on the clock of the run.</param>
/// <param name="ProofRight">Of a claim: whether its proof was right, where one is asked for.</param>
public record Sent(
    int Number, int Client, CallKind Kind, string Resource, string Player, Guid? ClaimId, TimeSpan Invoked, bool ProofRight = true);
