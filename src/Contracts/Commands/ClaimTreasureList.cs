namespace TreasureHunt.Contracts.Commands;

/// <summary>
/// Claims as a storefront publishes them together to the exchange <see cref="BusNames.ClaimIntake"/>. A claim that is refused has no
/// effect on the others.
/// </summary>
/// <param name="Claims">1 to 500 claims. Those of one treasure are decided in this order.</param>
public sealed record ClaimTreasureList(IReadOnlyList<ClaimTreasure> Claims);
