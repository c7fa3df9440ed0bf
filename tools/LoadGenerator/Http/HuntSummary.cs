namespace TreasureHunt.LoadGenerator.Http;

/// <summary>The parts of <c>GET /v1/hunts/{id}</c> that the load generator reads.</summary>
public sealed record HuntSummary(string HuntId, string Status, IReadOnlyList<TreasureSummary> Treasures);

public sealed record TreasureSummary(string TreasureId, string Status, int Stock, int Remaining);
