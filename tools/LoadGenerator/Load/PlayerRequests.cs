using System.Globalization;
using System.Text;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>The requests of a run, with the tokens of their players. They are the same for every measured system.</summary>
public sealed class PlayerRequests
{
    /// <summary>So many that few claim the same treasure twice, and so few that players return during a run.</summary>
    private const int Players = 20_000;

    private readonly byte[][] _authorization;

    public PlayerRequests(TokenFactory tokens) => _authorization =
        [.. Enumerable.Range(0, Players).Select(
            n => Encoding.ASCII.GetBytes($"Authorization: Bearer {tokens.Player($"player-{n:D5}")}\r\n"))];

    /// <summary>The n-th request of a run: the same for the same seed, for every system.</summary>
    /// <param name="into">The request's bytes; at least 2 KiB.</param>
    /// <param name="wait">Seconds that the request waits for the outcome.</param>
    /// <returns>The request's length, the treasure's number, and whether it is a claim.</returns>
    public (int Length, int Treasure, bool Claims) Write(Span<byte> into, Scenario scenario, string run, int seed, long n, int wait)
    {
        var random = Mix((ulong)seed, (ulong)n);
        var treasure = (int)(random % (ulong)scenario.Treasures);
        var claims = Mix(random, 1) % 1_000_000 >= scenario.Reads * 1_000_000;
        // One after the other, so that a player returns only after all others.
        var player = _authorization[(int)((n + seed) % Players)];
        var text = claims
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"POST /v1/treasures/{run}-{treasure}/claims HTTP/1.1\r\nHost: hunt\r\n"
                + $"Idempotency-Key: {seed}-{n}\r\nPrefer: wait={wait}\r\nContent-Length: 0\r\n")
            : string.Create(CultureInfo.InvariantCulture, $"GET /v1/treasures/{run}-{treasure} HTTP/1.1\r\nHost: hunt\r\n");
        var length = Encoding.ASCII.GetBytes(text, into);
        player.CopyTo(into[length..]);
        length += player.Length;
        "\r\n"u8.CopyTo(into[length..]);
        return (length + 2, treasure, claims);
    }

    // SplitMix64 (Steele, Lea, Flood 2014): it spreads claims well enough and returns the same on every machine.
    private static ulong Mix(ulong seed, ulong n)
    {
        var z = (seed * 0x9E3779B97F4A7C15) + ((n + 1) * 0xD1B54A32D192ED03);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
