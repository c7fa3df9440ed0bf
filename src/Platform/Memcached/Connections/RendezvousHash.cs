namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// Chooses the server of a key: the one with the highest score for it. A removed server moves only its own keys.
/// All processes must agree, so the arithmetic is part of the storage format.
/// </summary>
internal sealed class RendezvousHash(IReadOnlyList<string> servers)
{
    private readonly ulong[] _servers = [.. servers.Select(server => Hash(server))];

    /// <summary>The index of the server that holds the key.</summary>
    public int IndexOf(string key)
    {
        if (_servers.Length == 1)
        {
            return 0;
        }

        var (keyHash, best, bestScore) = (Hash(key), 0, 0ul);
        for (var i = 0; i < _servers.Length; i++)
        {
            var score = Mix(keyHash ^ _servers[i]);
            if (score >= bestScore)
            {
                (best, bestScore) = (i, score);
            }
        }

        return best;
    }

    /// <summary>FNV-1a, 64 bits, over ASCII characters.</summary>
    private static ulong Hash(string text)
    {
        var hash = 14695981039346656037ul;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211ul;
        }

        return Mix(hash);
    }

    /// <summary>The finalizer of SplitMix64: every bit of the input affects every bit of the score.</summary>
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ul;
        x = (x ^ (x >> 27)) * 0x94d049bb133111ebul;
        return x ^ (x >> 31);
    }
}
