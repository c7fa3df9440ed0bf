namespace TreasureHunt.Cli.Audit;

/// <summary>What a run sent under one claim id, and what it was told. The log is held against it.</summary>
/// <param name="ProofRight">Whether a right proof was sent, where one is asked for.</param>
/// <param name="Accepted">Some answer said that the claim was accepted or decided.</param>
/// <param name="Refused">Some answer was a definite no at the door.</param>
/// <param name="Unsure">Some attempt had no answer, or one that leaves open whether it was accepted.</param>
/// <param name="Outcome">The outcome that was told, if any.</param>
/// <param name="Contradicted">Two answers told different outcomes, or spoke of another claim.</param>
public sealed record Promise(
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
    /// <summary>No outcome was told, and no definite no either.</summary>
    public bool OutcomeUnknown => Outcome is null && (Accepted || !Refused);
}
