namespace TreasureHunt.Platform.Memcached.Protocol;

/// <summary>One reply.</summary>
/// <param name="Token">The key's compare-and-set token: every change of the key changes it.</param>
/// <param name="IsLeaseWon">This caller should fill the key.</param>
/// <param name="Opaque">The number of the request, where the server repeats it.</param>
/// <param name="Connection">The connection that received the reply.</param>
/// <param name="Refusal">The server's error message, when it refused.</param>
internal readonly record struct Reply(
    ReplyCode Code,
    ReadOnlyMemory<byte> Value = default,
    ulong Token = 0,
    bool IsLeaseWon = false,
    uint? Opaque = null,
    long Connection = 0,
    string? Refusal = null)
{
    /// <summary>Allows a write while the key is as this reply found it; null when the key is absent.</summary>
    public CacheLease? Lease => Code == ReplyCode.Value ? new CacheLease(Token, Connection) : null;

    /// <summary>Only placeholders are empty: an empty value is never written.</summary>
    public bool IsHit => Code == ReplyCode.Value && !Value.IsEmpty;
}
