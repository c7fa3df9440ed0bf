using System.Collections.Concurrent;
using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>The two routes of a claim inside an Api.</summary>
public static class ClaimRoute
{
    /// <summary>The trait of test classes whose claims take the fast route.</summary>
    public const string Trait = "ClaimRoute";

    /// <summary>The value of <see cref="Trait"/>.</summary>
    public const string Fast = "fast";

    /// <summary>Added to a path, it leads to the ordinary route: the fast one takes no request with a query.</summary>
    public const string OrdinaryQuery = "?route=ordinary";

    private static readonly ConcurrentDictionary<(string Host, string Token), Task> Validated = new();

    /// <summary>
    /// The fast route takes claims with a token that the Api has validated before. In a test with the trait, another request with the token
    /// precedes its first claim.
    /// </summary>
    public static async Task PrepareRoute(this ApiCaller caller, string path)
    {
        if (caller.Token is not null && path.EndsWith("/claims", StringComparison.Ordinal)
            && TestContext.Current.Test?.Traits.TryGetValue(Trait, out var routes) == true && routes.Contains(Fast))
        {
            await caller.ValidateToken();
        }
    }

    /// <summary>Sends a request that makes the Api validate the token of the caller, once.</summary>
    public static Task ValidateToken(this ApiCaller caller) =>
        Validated.GetOrAdd(($"{caller.Engine.Host(caller.Host).Url}", caller.Token!), _ => caller.Get("/v1/status"));
}
