namespace TreasureHunt.Api.Streaming;

/// <summary>Whether a stream has the current state of its hunt. It is sent only when this changes.</summary>
/// <param name="IsCurrent">False while this process cannot read the hunt.</param>
/// <param name="AsOf">The time of the last state.</param>
public sealed record FreshnessResponse(bool IsCurrent, DateTimeOffset AsOf);
