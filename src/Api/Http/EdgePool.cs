namespace TreasureHunt.Api.Http;

/// <summary>
/// The pool in which the edge proxy counts a request. Only the proxy can set the header: it replaces the header of the caller. A request
/// without the header did not come through a proxy, and may wait and stream.
/// </summary>
public static class EdgePool
{
    /// <summary>The header that names the pool; deploy/haproxy/haproxy.cfg sets it.</summary>
    public const string HeaderName = "Hunt-Pool";

    public const string Streams = "streams";
    public const string Reads = "reads";
    public const string Claims = "claims";
    public const string WaitingClaims = "waiting-claims";
    public const string LongPolls = "long-polls";
    public const string ClaimLists = "claim-lists";
    public const string ClaimStreams = "claim-streams";

    /// <summary>Whether the response may wait for an outcome.</summary>
    public static bool MayWait(HttpRequest request) =>
        !request.Headers.TryGetValue(HeaderName, out var pool) || pool == WaitingClaims || pool == LongPolls || pool == ClaimLists;

    /// <summary>Whether the response may be a stream.</summary>
    public static bool MayStream(HttpRequest request) => !request.Headers.TryGetValue(HeaderName, out var pool) || pool == Streams;

    /// <summary>Whether the request may be a stream of claims.</summary>
    public static bool MayStreamClaims(HttpRequest request) =>
        !request.Headers.TryGetValue(HeaderName, out var pool) || pool == ClaimStreams;
}
