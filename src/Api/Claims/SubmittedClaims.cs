namespace TreasureHunt.Api.Claims;

/// <summary>The results of claims that were submitted together.</summary>
/// <param name="Results">In the order of the claims.</param>
/// <param name="HasWaited">Whether the caller waited for outcomes.</param>
public sealed record SubmittedClaims(IReadOnlyList<ClaimResult> Results, bool HasWaited);
