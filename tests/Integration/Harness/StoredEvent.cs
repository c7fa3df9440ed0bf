namespace TreasureHunt.Integration.Harness;

/// <summary>An event as PostgreSQL stores it.</summary>
public sealed record StoredEvent(long Sequence, string Stream, long Version, string Type, Guid Id, object Data, string? CausationId);
