using TreasureHunt.Contracts;

namespace TreasureHunt.Browser;

/// <summary>A treasure that a test hides.</summary>
public sealed record NewTreasure(string Name, int Stock, string? Proof = null, params string[] Clues)
{
    public string Id { get; init; } = Ids.FreshSlug();
}
