using System.Text.Json.Serialization;

namespace TreasureHunt.Contracts.Events;

public sealed record HuntDrafted(
    string HuntId,
    DateTimeOffset At,
    string Name,
    DateTimeOffset OpensAt,
    DateTimeOffset ClosesAt,
    int? PlayerLimit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AnnounceAt = null) : IHuntEvent;

public sealed record HuntScheduled(string HuntId, DateTimeOffset At) : IHuntEvent;

public sealed record HuntOpened(string HuntId, DateTimeOffset At) : IHuntEvent;

public sealed record HuntPaused(string HuntId, DateTimeOffset At) : IHuntEvent;

public sealed record HuntResumed(string HuntId, DateTimeOffset At) : IHuntEvent;

public sealed record HuntClosed(string HuntId, DateTimeOffset At) : IHuntEvent;

public sealed record HuntCancelled(string HuntId, DateTimeOffset At) : IHuntEvent;
