namespace TreasureHunt.Contracts.Commands;

/// <summary>Validates claims at every trust boundary. An invalid claim never reaches the event store.</summary>
public static class ClaimRules
{
    /// <summary>Maximum number of claims in one message or request.</summary>
    public const int MaxClaims = 500;

    /// <summary>Maximum length of a fingerprint of a payload, in characters. It is recorded with the outcome.</summary>
    public const int MaxFingerprint = 32;

    /// <summary>
    /// Maximum time by which a time from an Api may be ahead of the worker's clock. Clocks differ slightly, but a claim with a later time
    /// would win before its hunt opens.
    /// </summary>
    public static readonly TimeSpan MaxClockSkew = TimeSpan.FromSeconds(30);

    /// <summary>No claim can be older. A missing time is deserialized as year 1.</summary>
    private static readonly DateTimeOffset Earliest = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Returns the rule that a storefront's claim violates; null when it is valid.</summary>
    public static string? ProblemOf(ClaimTreasure? claim) => claim is null ? "The claim is null."
        : BrokenRuleOf(claim.TreasureId, claim.Key, claim.Proof, claim.PlayerId) is { } broken ? $"{broken.Field}: {broken.Rule}"
        : null;

    /// <summary>Returns the first field of a claim that violates a rule, and the rule; null when the claim is valid.</summary>
    public static (string Field, string Rule)? BrokenRuleOf(string? treasureId, string? key, string? proof, string? playerId) =>
        !IdentifierRules.IsSlug(treasureId) ? ("treasureId", IdentifierRules.SlugRule)
        : !IdentifierRules.IsPlayer(playerId) ? ("playerId", IdentifierRules.PlayerRule)
        : !IdentifierRules.IsKey(key) ? ("key", IdentifierRules.KeyRule)
        : !IdentifierRules.IsProof(proof) ? ("proof", $"at most {IdentifierRules.MaxProof} characters; {IdentifierRules.TextRule}")
        : null;

    /// <summary>Returns the rule that a whole message violates; null when it is valid. Its claims are checked one by one.</summary>
    public static string? ProblemOf(ClaimTreasures message) => ProblemOf(message.Claims?.Count);

    /// <inheritdoc cref="ProblemOf(ClaimTreasures)"/>
    public static string? ProblemOf(ClaimTreasureList message) => ProblemOf(message.Claims?.Count);

    /// <summary>Returns the rule that an accepted claim violates; null when it is valid.</summary>
    /// <param name="now">The time of the worker's clock.</param>
    public static string? ProblemOf(AcceptedClaim? claim, DateTimeOffset now) => claim switch
    {
        null => "The claim is null.",
        _ when claim.ClaimId == Guid.Empty => "claimId is missing.",
        _ when !IdentifierRules.IsSlug(claim.TreasureId) => $"treasureId: {IdentifierRules.SlugRule}",
        _ when !IdentifierRules.IsPlayer(claim.PlayerId) => $"playerId: {IdentifierRules.PlayerRule}",
        _ when !IdentifierRules.IsProof(claim.Proof) => $"proof: at most {IdentifierRules.MaxProof} characters; {IdentifierRules.TextRule}",
        _ when claim.TraceParent is not null && !IdentifierRules.IsKey(claim.TraceParent) =>
            "traceParent: at most 128 visible ASCII characters",
        { Fingerprint: { } fingerprint } when fingerprint.Length > MaxFingerprint || !IdentifierRules.IsKey(fingerprint) =>
            $"fingerprint: 1 to {MaxFingerprint} visible ASCII characters",
        _ => ProblemOf("acceptedAt", claim.AcceptedAt, now),
    };

    /// <summary>Returns the rule that a time of acceptance violates; null when it is valid.</summary>
    public static string? ProblemOf(string field, DateTimeOffset time, DateTimeOffset now) => time switch
    {
        _ when time.Offset != TimeSpan.Zero => $"{field}: a time in UTC",
        _ when time < Earliest => $"{field} is missing, or before {Earliest.Year}.",
        _ when time > now + MaxClockSkew => $"{field} is more than {MaxClockSkew.TotalSeconds:0} s in the future.",
        _ => null,
    };

    private static string? ProblemOf(int? claims) => claims switch
    {
        null or 0 => "There are no claims.",
        > MaxClaims => $"There are more than {MaxClaims} claims.",
        _ => null,
    };
}
