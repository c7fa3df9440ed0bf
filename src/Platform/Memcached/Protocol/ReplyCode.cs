namespace TreasureHunt.Platform.Memcached.Protocol;

/// <summary>The kinds of replies in memcached's meta protocol.</summary>
internal enum ReplyCode
{
    /// <summary><c>HD</c>: done.</summary>
    Done,

    /// <summary><c>VA</c>: a value.</summary>
    Value,

    /// <summary><c>EN</c> or <c>NF</c>: the key is absent.</summary>
    Absent,

    /// <summary><c>NS</c> or <c>EX</c>: not stored, because another client has written the key.</summary>
    Conflict,

    /// <summary><c>MN</c>: the answer to a ping.</summary>
    Pong,

    /// <summary><c>SERVER_ERROR</c>: this request failed; the connection stays usable.</summary>
    Refused,
}
