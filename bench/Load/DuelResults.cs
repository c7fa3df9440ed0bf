using System.Globalization;

namespace TreasureHunt.Load;

/// <summary>The order in which two players were decided that claimed the same unit at the same moment.</summary>
/// <param name="Decided">Decided claims of all duels, at most two of each.</param>
/// <param name="Inversions">Duels whose loser was received before the winner.</param>
/// <param name="LongestInversionMs">How much earlier, at most, in milliseconds.</param>
public sealed record DuelResults(int Duels, long Decided, int Inversions, double LongestInversionMs)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Duels} duels with {Decided} decided claims: in {Inversions} the loser was received before the winner, by at most "
            + $"{LongestInversionMs:0.###} ms");
}
