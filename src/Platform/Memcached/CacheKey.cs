namespace TreasureHunt.Platform.Memcached;

/// <summary>What may be a key: one byte a character, none that the protocol gives a meaning.</summary>
internal static class CacheKey
{
    private const int MaxBytes = 250;

    public static void Check(string key)
    {
        if (key.Length is 0 or > MaxBytes || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"A memcached key is 1 to {MaxBytes} visible ASCII characters without spaces.", nameof(key));
        }
    }
}
