namespace TreasureHunt.Platform.Memcached;

/// <summary>The result of a conditional write.</summary>
public enum ConditionalWrite
{
    /// <summary>The cache holds the new value.</summary>
    Stored,

    /// <summary>The cache keeps the value that it holds.</summary>
    Kept,
}
