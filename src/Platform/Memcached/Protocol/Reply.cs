namespace TreasureHunt.Platform.Memcached.Protocol;

internal enum ReplyCode
{
    /// <summary><c>HD</c>: done.</summary>
    Done,

    /// <summary><c>VA</c>: a value.</summary>
    Value,

    /// <summary><c>EN</c> or <c>NF</c>: nothing is there.</summary>
    Absent,

    /// <summary><c>NS</c> or <c>EX</c>: not stored, for somebody else wrote.</summary>
    Conflict,

    /// <summary><c>MN</c>: the answer to a ping.</summary>
    Pong,

    /// <summary><c>SERVER_ERROR</c>: this request failed; the stream goes on.</summary>
    Refused,
}

/// <summary>One reply.</summary>
/// <param name="Token">What a lease is made of: changes with every change of the key.</param>
/// <param name="Won">The caller is the one to fill.</param>
/// <param name="Opaque">The number of the request, where the server repeats it.</param>
/// <param name="Connection">The connection that it came over.</param>
/// <param name="Refusal">What the server said, when it refused.</param>
internal readonly record struct Reply(
    ReplyCode Code,
    ReadOnlyMemory<byte> Value = default,
    ulong Token = 0,
    bool Won = false,
    bool Stale = false,
    uint? Opaque = null,
    long Connection = 0,
    string? Refusal = null)
{
    /// <summary>The key as it was left by this reply; null when nothing is there.</summary>
    public CacheLease? Seen => Code == ReplyCode.Value ? new CacheLease(Token, Connection) : null;

    /// <summary>Placeholders that wait for a fill are empty, and nothing else is: we store no empty values.</summary>
    public bool IsHit => Code == ReplyCode.Value && !Value.IsEmpty;
}
