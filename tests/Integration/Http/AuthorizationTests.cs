using System.Net;
using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>Routes refuse callers without the right token.</summary>
public sealed class AuthorizationTests(SharedEngine engine) : EngineTests(engine)
{
    [Theory]
    [MemberData(nameof(GuardedRoutes.All), MemberType = typeof(GuardedRoutes))]
    public async Task A_route_refuses_a_caller_without_the_right_token(string host, string method, string path, string accepted)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await Engine.Call(host, method, path, null)).Status);
        var scope = accepted switch
        {
            GuardedRoutes.Players => null,
            GuardedRoutes.PlayersAndClaimAdministrators => Scopes.Claims,
            _ => accepted,
        };
        string[] wrong =
        [
            .. accepted is GuardedRoutes.Players or GuardedRoutes.PlayersAndClaimAdministrators
                ? [] : new[] { ApiCallers.Token(Audiences.Player, "alice"), Engine.Storefront("shop1:").Token! },
            // Administrators with all other scopes.
            ApiCallers.Administrator("erika"),
            ApiCallers.Administrator("erika", [.. Scopes.All.Where(other => other != scope)]),
            .. Scopes.All.Where(other => other != scope).Select(other => ApiCallers.Administrator("erika", other)),
            .. scope is null ? [ApiCallers.Administrator("erika", [.. Scopes.All])] : Array.Empty<string>(),
            // A scope is compared as a whole, and a player cannot have one.
            .. scope is null ? [] : new[] { ApiCallers.Administrator("erika", $"{scope}-not") },
            .. accepted is GuardedRoutes.Players or GuardedRoutes.PlayersAndClaimAdministrators
                ? [] : new[] { ApiCallers.Token(Audiences.Player, "alice", token => token.Claims["scope"] = scope!) },
        ];
        foreach (var token in wrong)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Engine.Call(host, method, path, token)).Status);
        }

        if (scope is not null)
        {
            Assert.False(
                (await Engine.Call(host, method, path, ApiCallers.Administrator("erika", scope))).Status is HttpStatusCode.Unauthorized
                    or HttpStatusCode.Forbidden);
        }
    }
}
