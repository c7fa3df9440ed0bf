namespace TreasureHunt.Platform.Memcached.Protocol;

/// <summary>The kinds of requests.</summary>
internal enum Verb
{
    /// <summary>Read; an absent key gets a placeholder, and this caller its lease.</summary>
    Get,

    /// <summary>Read without leaving a placeholder.</summary>
    Peek,

    /// <summary>Write if the key is absent and has no placeholder.</summary>
    Add,

    /// <summary>Write if the key has not changed since the lease was given.</summary>
    Fill,

    /// <summary>Check that the server answers.</summary>
    Ping,
}
