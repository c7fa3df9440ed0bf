namespace TreasureHunt.Faults.History;

/// <summary>The kind of a call.</summary>
public enum CallKind
{
    /// <summary>Sends a claim. The resource is the treasure's id.</summary>
    Claim,

    /// <summary>Reads the outcome of a claim. The resource is the claim's id.</summary>
    Outcome,

    /// <summary>Reads a treasure.</summary>
    Treasure,

    /// <summary>Reads a hunt.</summary>
    Hunt,
}

/// <summary>A call whose answer is not recorded yet.</summary>
/// <param name="Client">The number of the client, which makes one call at a time.</param>
/// <param name="Started">Time before the request was sent, from the start of the run.</param>
/// <param name="IsProofCorrect">Whether a claim's proof is correct, or its treasure requires none.</param>
public record StartedCall(
    int Number, int Client, CallKind Kind, string Resource, string Player, Guid? ClaimId, TimeSpan Started, bool IsProofCorrect = true);
