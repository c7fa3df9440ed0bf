namespace TreasureHunt.Api.ServiceLevels;

/// <summary>The service level, and the state of the dependencies that it follows from.</summary>
public sealed record StatusResponse(string Level, DateTimeOffset Since, Dependencies Dependencies);

/// <param name="Projections">Whether the read models are updated.</param>
/// <param name="Decisions">Whether accepted claims get their outcomes.</param>
public sealed record Dependencies(Dependency Memcached, Dependency Redis, Dependency Bus, Dependency Projections, Dependency Decisions);

/// <param name="State">
/// <c>up</c> or <c>away</c>; <c>full</c> for a Redis that accepts no writes; <c>stalled</c> for workers that make no progress.
/// </param>
/// <param name="Breaker">The circuit breaker: <c>closed</c>, <c>half-open</c> or <c>open</c>; null where there is none.</param>
public sealed record Dependency(string State, string? Breaker);
