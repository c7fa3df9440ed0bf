namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>The share of claims of each treasure: a few treasures get most of the claims.</summary>
public sealed class Popularity
{
    /// <summary>0 gives all treasures the same share; 1 gives the first treasure twice the share of the second.</summary>
    private const double Skew = 0.7;

    private readonly int[] _treasureByRank;
    private readonly double[] _shareUpTo;

    public Popularity(int treasures, Random random)
    {
        _treasureByRank = [.. Enumerable.Range(0, treasures)];
        random.Shuffle(_treasureByRank);
        _shareUpTo = new double[treasures];
        var sum = 0.0;
        for (var rank = 0; rank < treasures; rank++)
        {
            _shareUpTo[rank] = sum += Math.Pow(rank + 1, -Skew);
        }

        for (var rank = 0; rank < treasures; rank++)
        {
            _shareUpTo[rank] /= sum;
        }
    }

    /// <summary>Treasures from the most popular to the least.</summary>
    public IReadOnlyList<int> TreasureByRank => _treasureByRank;

    public int Draw(Random random)
    {
        var rank = Array.BinarySearch(_shareUpTo, random.NextDouble());
        return _treasureByRank[Math.Min(rank < 0 ? ~rank : rank, _treasureByRank.Length - 1)];
    }
}
