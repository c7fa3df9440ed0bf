namespace TreasureHunt.Platform.Memcached.Protocol;

/// <summary>One request.</summary>
/// <param name="Seconds">Time to live of the value, or of the placeholder of a <see cref="Verb.Get"/>.</param>
internal readonly record struct Request(
    Verb Verb, string Key, int Seconds = 0, ReadOnlyMemory<byte> Value = default, CacheLease? Lease = null);
