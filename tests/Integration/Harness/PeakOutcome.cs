namespace TreasureHunt.Integration.Harness;

/// <summary>The outcome that a caller got.</summary>
internal sealed record PeakOutcome(string PlayerId, Guid ClaimId, string Outcome, long Position);
