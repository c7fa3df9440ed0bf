namespace TreasureHunt.Platform.Memcached;

/// <summary>Why memcached gave no answer.</summary>
public enum MemcachedFailure
{
    /// <summary>The connection is absent, or was lost before the reply. A write may or may not have happened.</summary>
    Disconnected,

    /// <summary>The reply did not come in time. A write may have happened, or may still happen.</summary>
    TimedOut,

    /// <summary>Too many requests wait on this connection; this one was not sent.</summary>
    Overloaded,

    /// <summary>
    /// The server understood the request but could not execute it (out of memory, value too large). A refused write also removes the key's
    /// old value.
    /// </summary>
    Refused,
}
