namespace TreasureHunt.InvariantChecker;

/// <summary>All requests and responses of clients under one claim id.</summary>
/// <param name="ProofRight">Whether the proof was right, or the treasure requires none.</param>
/// <param name="Accepted">Some response said that the claim was accepted or decided.</param>
/// <param name="Refused">Some response refused the request: nothing was recorded by it.</param>
/// <param name="Unsure">Some request got no response, or one that leaves open whether it was accepted.</param>
/// <param name="Outcome">The outcome that was returned, if any.</param>
/// <param name="Reason">The reason that was returned with a rejection.</param>
/// <param name="Contradicted">Two responses returned different outcomes, or one was about another claim.</param>
public sealed record ClaimObservation(
    Guid ClaimId,
    string PlayerId,
    string TreasureId,
    bool ProofRight,
    bool Accepted,
    bool Refused,
    bool Unsure,
    string? Outcome = null,
    string? Reason = null,
    bool Contradicted = false)
{
    /// <summary>The client received neither an outcome nor a definite refusal.</summary>
    public bool OutcomeUnknown => Outcome is null && (Accepted || !Refused);
}
