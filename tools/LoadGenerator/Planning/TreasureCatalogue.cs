namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>The treasures of a planned sale, by number.</summary>
public static class TreasureCatalogue
{
    private static readonly string[] Adjectives =
        ["Golden", "Silver", "Hidden", "Ancient", "Crystal", "Midnight", "Emerald", "Lost", "Painted", "Singing"];

    private static readonly string[] Nouns =
        ["goose", "compass", "lantern", "crown", "teapot", "fox", "violin", "globe", "key", "kite"];

    private static readonly string[] Places =
        ["the river bends", "the oldest oak stands", "the bell tower throws its shadow", "the market ends", "the tide turns"];

    /// <summary>
    /// Treasure <paramref name="number"/>, from 0, without its stock. Every fifth requires a proof; of every seventh a player may have two.
    /// </summary>
    public static PlannedTreasure Describe(int number)
    {
        var noun = Nouns[number % Nouns.Length];
        var adjective = Adjectives[(number + number / Nouns.Length) % Adjectives.Length];
        var round = number / (Nouns.Length * Adjectives.Length);
        var name = $"{adjective} {noun}" + (round == 0 ? "" : $" {round + 1}");
        var slug = name.ToLowerInvariant().Replace(' ', '-');
        return new PlannedTreasure(
            slug,
            name,
            Stock: 1,
            PerPlayer: number % 7 == 6 ? 2 : 1,
            Proof: number % 5 == 4 ? $"seal-of-the-{slug}" : null,
            Clues: number % 3 == 2
                ? [$"Where {Places[number % Places.Length]}.", $"Search behind the {Nouns[(number + 3) % Nouns.Length]}."]
                : [$"Where {Places[number % Places.Length]}."]);
    }
}
