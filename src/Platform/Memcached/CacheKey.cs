namespace TreasureHunt.Platform.Memcached;

/// <summary>Validates keys: one byte a character, and no character with a meaning in the protocol.</summary>
internal static class CacheKey
{
    private const int MaxBytes = 250;

    /// <exception cref="ArgumentException">The key is empty, too long, or has a character that the protocol does not allow.</exception>
    public static void Validate(string key)
    {
        if (key.Length is 0 or > MaxBytes || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException($"A memcached key is 1 to {MaxBytes} visible ASCII characters without spaces.", nameof(key));
        }
    }
}
