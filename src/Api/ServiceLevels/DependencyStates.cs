namespace TreasureHunt.Api.ServiceLevels;

/// <summary>The states of a dependency in <c>GET /v1/status</c>.</summary>
public static class DependencyStates
{
    public const string Up = "up";

    /// <summary>It does not answer, or its report is missing.</summary>
    public const string Away = "away";

    /// <summary>A Redis that accepts no writes.</summary>
    public const string Full = "full";

    /// <summary>Workers that make no progress.</summary>
    public const string Stalled = "stalled";

    public static readonly IReadOnlyList<string> All = [Up, Away, Full, Stalled];
}
