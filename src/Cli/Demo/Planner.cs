namespace TreasureHunt.Cli.Demo;

/// <summary>What a sale looks like.</summary>
public sealed record PlanSize(int Players, int Claims, int Treasures, int Seed);

/// <summary>Makes the plan of a sale out of a seed: the same size and seed give the same plan, claim for claim.</summary>
public sealed class Planner
{
    /// <summary>Share of sends that repeat an earlier one with the same key, half of them while it is still under way.</summary>
    private const double Retries = 0.03;

    /// <summary>Share of sends with which a player tries for the same treasure again under a new key.</summary>
    private const double SecondTries = 0.03;

    /// <summary>Share of claims on a treasure with a proof that bring a wrong one, or none.</summary>
    private const double WrongProofs = 0.10;
    private const double MissingProofs = 0.05;

    private const double LatecomerShare = 0.01;

    /// <summary>How many sends later a retry may come and still meet its first attempt on the way.</summary>
    private const int UnderWay = 200;

    private readonly PlanSize _size;
    private readonly Random _random;
    private readonly Popularity _popularity;
    private readonly IReadOnlyList<PlannedTreasure> _treasures;

    private Planner(PlanSize size)
    {
        _size = size;
        _random = new Random(size.Seed);
        _popularity = new Popularity(size.Treasures, _random);
        _treasures = [.. Enumerable.Range(0, size.Treasures).Select(Treasures.Describe)];
    }

    public static Plan Make(PlanSize size) => new Planner(size).Make();

    private Plan Make()
    {
        var latecomers = Math.Max(1, (int)(_size.Claims * LatecomerShare));
        var storm = new List<PlannedClaim>(_size.Claims);
        while (storm.Count < _size.Claims - latecomers)
        {
            storm.Add(Next(storm));
        }

        var playerLimit = Math.Max(3, (int)(0.4 * _size.Claims / _size.Players));
        var stock = Stock.Choose(storm, _treasures, playerLimit, _popularity, _random);
        return new Plan(
            [.. Enumerable.Range(1, _size.Players).Select(n => $"player-{n:D5}")],
            [.. _treasures.Zip(stock, (treasure, units) => treasure with { Stock = units })],
            playerLimit,
            storm,
            [.. Enumerable.Range(0, latecomers).Select(n => Fresh($"{_size.Seed}-late-{n}"))]);
    }

    private PlannedClaim Next(List<PlannedClaim> earlier)
    {
        var key = $"{_size.Seed}-{earlier.Count}";
        var dice = _random.NextDouble();
        if (earlier.Count == 0 || dice >= Retries + SecondTries)
        {
            return Fresh(key);
        }

        if (dice >= Retries)
        {
            var first = earlier[_random.Next(earlier.Count)];
            return first with { Key = key, Proof = _treasures[first.Treasure].Proof };
        }

        var underWay = dice < Retries / 2;
        return earlier[_random.Next(underWay ? Math.Max(0, earlier.Count - UnderWay) : 0, earlier.Count)];
    }

    private PlannedClaim Fresh(string key)
    {
        var treasure = _popularity.Draw(_random);
        var player = _random.Next(_size.Players);
        if (_treasures[treasure].Proof is not { } right)
        {
            return new PlannedClaim(player, treasure, key, null);
        }

        var dice = _random.NextDouble();
        return dice switch
        {
            < WrongProofs / 2 => new PlannedClaim(Guesser(), treasure, key, $"guess-{_random.Next(10_000)}"),
            < WrongProofs => new PlannedClaim(player, treasure, key, right + "x"),
            < WrongProofs + MissingProofs => new PlannedClaim(player, treasure, key, null),
            _ => new PlannedClaim(player, treasure, key, right),
        };
    }

    /// <summary>A few players guess on and on, until the engine stops listening.</summary>
    private int Guesser() => _random.Next(Math.Max(1, _size.Players / 1_500));
}
