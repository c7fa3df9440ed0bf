using TreasureHunt.Faults.Servers;

namespace TreasureHunt.Integration.Harness;

/// <summary>Reads the service level of an Api.</summary>
internal static class StatusExtensions
{
    /// <summary>
    /// Waits until the caller's Api reports a level and its dependencies have these states, and returns its status.
    /// </summary>
    /// <param name="states">The dependencies of interest: on a busy machine the level may have another reason first.</param>
    public static Task<ApiResponse> WaitForLevel(
        this ApiCaller caller, string level,
        params (string Dependency, string State)[] states) => Poll.For($"{caller.Host} is {level}", async () =>
        await caller.Get("/v1/status") is var status && status.TextOf("level") == level
            && states.All(state => status.State(state.Dependency) == state.State) ? status : null);

    public static string? State(this ApiResponse status, string dependency) =>
        status["dependencies"].GetProperty(dependency).GetProperty("state").GetString();

    public static string? Breaker(this ApiResponse status, string dependency) =>
        status["dependencies"].GetProperty(dependency).GetProperty("breaker").GetString();
}
