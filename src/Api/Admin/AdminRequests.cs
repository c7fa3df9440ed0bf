namespace TreasureHunt.Api.Admin;

/// <param name="HuntId">A slug; the default is a new one.</param>
/// <param name="PlayerLimit">Awards per player in the hunt, 1 to 1,000,000; without it there is no limit.</param>
/// <param name="AnnounceAt">
/// When the scheduled hunt becomes public, not later than <c>opensAt</c>; without it, the hunt becomes public as it opens.
/// </param>
public sealed record DraftHuntRequest(
    string? HuntId, string? Name, DateTimeOffset? OpensAt, DateTimeOffset? ClosesAt, int? PlayerLimit, DateTimeOffset? AnnounceAt = null);

/// <param name="TreasureId">A slug; the default is a new one.</param>
/// <param name="Stock">The number of units, 0 to 10,000,000.</param>
/// <param name="PerPlayer">Awards per player, 1 to 1,000,000; default 1.</param>
/// <param name="Proof">The code that players must find; only a salted hash of it is stored.</param>
public sealed record HideTreasureRequest(
    string? TreasureId, string? Name, int? Stock, int? PerPlayer, string? Proof, IReadOnlyList<ClueRequest>? Clues);

public sealed record ClueRequest(string? Text, DateTimeOffset? RevealAt);

/// <param name="Units">The number of new units, 1 to 1,000,000.</param>
public sealed record RestockRequest(int? Units);

/// <param name="Because">The reason, 1 to 500 characters; it is recorded.</param>
public sealed record RevokeRequest(Guid? ClaimId, string? Because);
