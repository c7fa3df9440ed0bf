namespace TreasureHunt.Api.Caching;

/// <summary>The states of the circuit breaker of a cache in <c>GET /v1/status</c>.</summary>
public static class BreakerStates
{
    public const string Closed = "closed";
    public const string HalfOpen = "half-open";
    public const string Open = "open";

    public static readonly IReadOnlyList<string> All = [Closed, HalfOpen, Open];
}
