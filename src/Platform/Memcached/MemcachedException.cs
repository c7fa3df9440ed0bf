namespace TreasureHunt.Platform.Memcached;

/// <summary>Why memcached gave no answer.</summary>
public enum MemcachedFailure
{
    /// <summary>There is no connection, or it broke before the reply. A write may or may not have happened.</summary>
    Disconnected,

    /// <summary>The reply did not come in time. A write may or may not have happened, or may happen yet.</summary>
    TimedOut,

    /// <summary>Too many requests wait on this connection; this one was not sent.</summary>
    Overloaded,

    /// <summary>The server understood, but could not do it (out of memory, value larger than its items may be).
    /// A write that is refused like this also removes the key's old value.</summary>
    Refused,
}

/// <summary>
/// The cache cannot answer: go on without it. One type for all of it, because a caller does the same thing in every case;
/// misses, lost leases and conflicts are values, not exceptions.
/// </summary>
public sealed class MemcachedException : Exception
{
    /// <summary>Says why, and what broke underneath if anything did.</summary>
    public MemcachedException(MemcachedFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>Why.</summary>
    public MemcachedFailure Failure { get; }
}
