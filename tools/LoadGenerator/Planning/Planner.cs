namespace TreasureHunt.LoadGenerator.Planning;

/// <summary>Makes the plan of a sale from a seed: the same size and seed give the same plan, claim for claim.</summary>
public sealed class Planner
{
    /// <summary>Share of requests that repeat an earlier one with the same key, half of them while it is probably in flight.</summary>
    private const double RetryShare = 0.03;

    /// <summary>Share of requests with which a player claims the same treasure again with a new key.</summary>
    private const double SecondClaimShare = 0.03;

    /// <summary>Of the claims on treasures that require a proof: the share with a wrong proof or without one.</summary>
    private const double WrongProofShare = 0.10;
    private const double MissingProofShare = 0.05;

    private const double LateClaimShare = 0.01;

    /// <summary>The distance in requests at which a retry may still meet its first attempt in flight.</summary>
    private const int InFlightDistance = 200;

    private readonly PlanSize _size;
    private readonly Random _random;
    private readonly Popularity _popularity;
    private readonly IReadOnlyList<PlannedTreasure> _treasures;

    private Planner(PlanSize size)
    {
        _size = size;
        _random = new Random(size.Seed);
        _popularity = new Popularity(size.Treasures, _random);
        _treasures = [.. Enumerable.Range(0, size.Treasures).Select(TreasureCatalogue.Describe)];
    }

    public static Plan Make(PlanSize size) => new Planner(size).Make();

    private Plan Make()
    {
        var lateClaims = Math.Max(1, (int)(_size.Claims * LateClaimShare));
        var claims = new List<PlannedClaim>(_size.Claims);
        while (claims.Count < _size.Claims - lateClaims)
        {
            claims.Add(Next(claims));
        }

        var playerLimit = Math.Max(3, (int)(0.4 * _size.Claims / _size.Players));
        var stock = StockPlanner.Choose(claims, _treasures, playerLimit, _popularity, _random);
        return new Plan(
            [.. Enumerable.Range(1, _size.Players).Select(n => $"player-{n:D5}")],
            [.. _treasures.Zip(stock, (treasure, units) => treasure with { Stock = units })],
            playerLimit,
            claims,
            [.. Enumerable.Range(0, lateClaims).Select(n => NewClaim($"{_size.Seed}-late-{n}"))]);
    }

    private PlannedClaim Next(List<PlannedClaim> earlier)
    {
        var key = $"{_size.Seed}-{earlier.Count}";
        var random = _random.NextDouble();
        if (earlier.Count == 0 || random >= RetryShare + SecondClaimShare)
        {
            return NewClaim(key);
        }

        if (random >= RetryShare)
        {
            var first = earlier[_random.Next(earlier.Count)];
            return first with { Key = key, Proof = _treasures[first.Treasure].Proof };
        }

        var inFlight = random < RetryShare / 2;
        return earlier[_random.Next(inFlight ? Math.Max(0, earlier.Count - InFlightDistance) : 0, earlier.Count)];
    }

    private PlannedClaim NewClaim(string key)
    {
        var treasure = _popularity.Draw(_random);
        var player = _random.Next(_size.Players);
        if (_treasures[treasure].Proof is not { } right)
        {
            return new PlannedClaim(player, treasure, key, null);
        }

        var random = _random.NextDouble();
        return random switch
        {
            < WrongProofShare / 2 => new PlannedClaim(Guesser(), treasure, key, $"guess-{_random.Next(10_000)}"),
            < WrongProofShare => new PlannedClaim(player, treasure, key, right + "x"),
            < WrongProofShare + MissingProofShare => new PlannedClaim(player, treasure, key, null),
            _ => new PlannedClaim(player, treasure, key, right),
        };
    }

    /// <summary>A few players send so many guesses that the engine stops checking them.</summary>
    private int Guesser() => _random.Next(Math.Max(1, _size.Players / 1_500));
}
