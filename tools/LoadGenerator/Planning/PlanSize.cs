namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>The size of a sale.</summary>
/// <param name="Claims">Requests, retries and late claims included.</param>
/// <param name="Seed">The same size and seed give the same plan.</param>
public sealed record PlanSize(int Players, int Claims, int Treasures, int Seed);
