using System.Globalization;
using System.Text;
using TreasureHunt.Cli.Token;

namespace TreasureHunt.Load;

/// <summary>Who calls: players with their tokens, the same for every system.</summary>
public sealed class BenchPlayers
{
    /// <summary>Enough that few claim the same treasure twice, and few enough that they come back, as players do.</summary>
    private const int Players = 20_000;

    private readonly byte[][] _authorization;

    public BenchPlayers(Tokens tokens) => _authorization =
        [.. Enumerable.Range(0, Players).Select(
            n => Encoding.ASCII.GetBytes($"Authorization: Bearer {tokens.Player($"player-{n:D5}")}\r\n"))];

    /// <summary>The n-th request of a run: the same for the same seed, whichever system is asked.</summary>
    /// <param name="into">The request's bytes; at least 2 KiB.</param>
    /// <param name="wait">Seconds that the caller waits for the outcome.</param>
    /// <returns>The request's length, the treasure's number, and whether it is a claim.</returns>
    public (int Length, int Treasure, bool Claims) Write(Span<byte> into, Scenario scenario, string run, int seed, long n, int wait)
    {
        var dice = Mix((ulong)seed, (ulong)n);
        var treasure = (int)(dice % (ulong)scenario.Treasures);
        var claims = Mix(dice, 1) % 1_000_000 >= scenario.Reads * 1_000_000;
        // One after the other, so that who comes back comes after all others.
        var player = _authorization[(int)((n + seed) % Players)];
        var text = claims
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"POST /v1/treasures/{run}-{treasure}/claims HTTP/1.1\r\nHost: hunt\r\nIdempotency-Key: {seed}-{n}\r\nPrefer: wait={wait}\r\nContent-Length: 0\r\n")
            : string.Create(CultureInfo.InvariantCulture, $"GET /v1/treasures/{run}-{treasure} HTTP/1.1\r\nHost: hunt\r\n");
        var length = Encoding.ASCII.GetBytes(text, into);
        player.CopyTo(into[length..]);
        length += player.Length;
        "\r\n"u8.CopyTo(into[length..]);
        return (length + 2, treasure, claims);
    }

    // SplitMix64 (Steele, Lea, Flood 2014): good enough to spread claims, and the same everywhere.
    private static ulong Mix(ulong seed, ulong n)
    {
        var z = (seed * 0x9E3779B97F4A7C15) + ((n + 1) * 0xD1B54A32D192ED03);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
