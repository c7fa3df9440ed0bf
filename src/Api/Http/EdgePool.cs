namespace TreasureHunt.Api.Http;

/// <summary>
/// The pool that the proxy counts a request in. Only the proxy can set the header: it replaces what a caller sends. Without the header
/// there is no proxy in front, and everything is allowed.
/// </summary>
public static class EdgePool
{
    /// <summary>The header that names the pool; deploy/haproxy/haproxy.cfg sets it.</summary>
    public const string Header = "Hunt-Pool";

    public const string Streams = "streams";
    public const string WaitingClaims = "waiting-claims";
    public const string LongPolls = "long-polls";

    /// <summary>Whether the answer to this request may be held until an outcome is known.</summary>
    public static bool MayWait(HttpRequest request) =>
        !request.Headers.TryGetValue(Header, out var pool) || pool == WaitingClaims || pool == LongPolls;

    /// <summary>Whether the answer to this request may go on for hours.</summary>
    public static bool MayStream(HttpRequest request) => !request.Headers.TryGetValue(Header, out var pool) || pool == Streams;
}
