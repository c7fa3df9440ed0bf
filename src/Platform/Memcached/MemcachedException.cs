namespace TreasureHunt.Platform.Memcached;

/// <summary>
/// The cache does not answer; the caller continues without it. There is one type for all failures, because callers handle all of them
/// alike. Misses, lost leases and conflicts are values, not exceptions.
/// </summary>
public sealed class MemcachedException : Exception
{
    /// <param name="inner">The cause, if an exception caused the failure.</param>
    public MemcachedException(MemcachedFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>The kind of the failure.</summary>
    public MemcachedFailure Failure { get; }
}
