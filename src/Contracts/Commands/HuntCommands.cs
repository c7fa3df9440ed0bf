using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Commands;

/// <param name="AnnounceAt">
/// First time at which the scheduled hunt is public, not later than <paramref name="OpensAt"/>; null for <paramref name="OpensAt"/>.
/// </param>
public sealed record DraftHunt(
    Guid CommandId,
    DateTimeOffset At,
    string HuntId,
    string Name,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? PlayerLimit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AnnounceAt = null)
        : AdminCommand, IAdminCommand;

public sealed record ChangeHunt(Guid CommandId, DateTimeOffset At, string HuntId, HuntChange Change) : AdminCommand, IAdminCommand;
