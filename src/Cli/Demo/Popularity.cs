namespace TreasureHunt.Cli.Demo;

/// <summary>How much the crowd wants each treasure: a few draw most of it, the rest share what is left.</summary>
public sealed class Popularity
{
    /// <summary>0 would be even; 1 would give the first treasure twice the crowd of the second.</summary>
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

    /// <summary>Treasures from the most wanted to the least.</summary>
    public IReadOnlyList<int> TreasureByRank => _treasureByRank;

    public int Draw(Random random)
    {
        var rank = Array.BinarySearch(_shareUpTo, random.NextDouble());
        return _treasureByRank[Math.Min(rank < 0 ? ~rank : rank, _treasureByRank.Length - 1)];
    }
}
