namespace TreasureHunt.Platform.Memcached.Protocol;

internal enum Verb
{
    /// <summary>Read; an absent key leaves a placeholder and hands its lease to this caller.</summary>
    Get,

    /// <summary>Read without leaving a placeholder.</summary>
    Peek,

    /// <summary>Write, whatever is there.</summary>
    Set,

    /// <summary>Write if nothing is there, not even a placeholder.</summary>
    Add,

    /// <summary>Write if the key has not changed since the lease was given.</summary>
    Fill,

    /// <summary>Keep the value for a while, but let one reader fetch a new one.</summary>
    MarkStale,

    /// <summary>Let the next reader have a stale value's lease.</summary>
    ReturnLease,

    Delete,

    /// <summary>An answer, no more.</summary>
    Ping,
}

/// <summary>One request. <paramref name="Seconds"/> is the time to live of whatever the verb leaves behind.</summary>
internal readonly record struct Request(
    Verb Verb, string Key, int Seconds = 0, ReadOnlyMemory<byte> Value = default, CacheLease? Lease = null);
