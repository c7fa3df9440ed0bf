namespace TreasureHunt.Contracts.Commands;

/// <summary>The rules of form for claims, at every trust boundary. A claim that breaks one never reaches the event store.</summary>
public static class ClaimRules
{
    /// <summary>Claims in one <see cref="ClaimTreasures"/> at the most.</summary>
    public const int MaxClaims = 500;

    /// <summary>Longest fingerprint of a payload, in characters. It is recorded with the outcome.</summary>
    public const int MaxFingerprint = 32;

    /// <summary>
    /// How far a time that an Api wrote may lie in the future of the worker's clock. Clocks differ; a claim from further ahead would win
    /// before its hunt opens.
    /// </summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>Before this time there was no engine that could have accepted anything: a missing time reads as year 1.</summary>
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The rule that a storefront's claim breaks, or null.</summary>
    public static string? ProblemOf(ClaimTreasure? claim) => claim switch
    {
        null => "The claim is null.",
        _ when !IdentifierRules.IsSlug(claim.TreasureId) => "treasureId: 1 to 64 characters of a-z 0-9 -",
        _ when !IdentifierRules.IsPlayer(claim.PlayerId) => "playerId: 1 to 64 characters of A-Z a-z 0-9 . _ : -",
        _ when !IdentifierRules.IsKey(claim.Key) => "key: 1 to 128 visible ASCII characters",
        _ when !IdentifierRules.IsProof(claim.Proof) => $"proof: at most {IdentifierRules.MaxProof} characters; {IdentifierRules.TextRule}",
        _ => null,
    };

    /// <summary>The rule that a message breaks as a whole, or null. Its claims are checked one by one.</summary>
    public static string? ProblemOf(ClaimTreasures message) => message.Claims switch
    {
        null or { Count: 0 } => "There are no claims.",
        { Count: > MaxClaims } => $"There are more than {MaxClaims} claims.",
        _ => null,
    };

    /// <summary>The rule that an accepted claim breaks, or null.</summary>
    /// <param name="now">The clock of the worker.</param>
    public static string? ProblemOf(AcceptedClaim? claim, DateTimeOffset now) => claim switch
    {
        null => "The claim is null.",
        _ when claim.ClaimId == Guid.Empty => "claimId is missing.",
        _ when !IdentifierRules.IsSlug(claim.TreasureId) => "treasureId: 1 to 64 characters of a-z 0-9 -",
        _ when !IdentifierRules.IsPlayer(claim.PlayerId) => "playerId: 1 to 64 characters of A-Z a-z 0-9 . _ : -",
        _ when !IdentifierRules.IsProof(claim.Proof) => $"proof: at most {IdentifierRules.MaxProof} characters; {IdentifierRules.TextRule}",
        _ when claim.TraceParent is not null && !IdentifierRules.IsKey(claim.TraceParent) =>
            "traceParent: at most 128 visible ASCII characters",
        { Fingerprint: { } fingerprint } when fingerprint.Length > MaxFingerprint || !IdentifierRules.IsKey(fingerprint) =>
            $"fingerprint: 1 to {MaxFingerprint} visible ASCII characters",
        _ => ProblemOf("acceptedAt", claim.AcceptedAt, now),
    };

    /// <summary>The rule that a time breaks which an Api wrote when it accepted something, or null.</summary>
    public static string? ProblemOf(string field, DateTimeOffset time, DateTimeOffset now) => time switch
    {
        _ when time.Offset != TimeSpan.Zero => $"{field}: a time in UTC",
        _ when time < Earliest => $"{field} is missing, or before {Earliest.Year}.",
        _ when time > now + MaxClockSkew => $"{field} is more than {MaxClockSkew.TotalSeconds:0} s in the future.",
        _ => null,
    };
}
