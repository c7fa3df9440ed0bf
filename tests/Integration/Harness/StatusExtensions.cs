using TreasureHunt.Faults.Servers;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Reads the service level of an Api and the health checks of a host.</summary>
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

    /// <summary>Waits until a health check of the caller's host reports this; the host stays ready.</summary>
    public static Task WaitForCheck(this ApiCaller caller, string check, string status, string description) =>
        Poll.Until($"{caller.Host} is {status} for {check}", async () =>
        {
            var ready = await caller.Get("/health/ready");
            Assert.Equal("200", ready.Problem);
            return ready.Check(check) == (status, description);
        });

    /// <summary>The result of a health check in the answer of <c>/health/ready</c>.</summary>
    public static (string? Status, string? Description) Check(this ApiResponse ready, string name)
    {
        var check = ready["checks"].GetProperty(name);
        return (check.GetProperty("status").GetString(), check.GetProperty("description").GetString());
    }

    public static string? State(this ApiResponse status, string dependency) =>
        status["dependencies"].GetProperty(dependency).GetProperty("state").GetString();

    public static string? Breaker(this ApiResponse status, string dependency) =>
        status["dependencies"].GetProperty(dependency).GetProperty("breaker").GetString();
}
