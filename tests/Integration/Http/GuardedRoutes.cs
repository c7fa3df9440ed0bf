using TreasureHunt.Contracts;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Http;

/// <summary>The routes that need a token.</summary>
internal static class GuardedRoutes
{
    public const string Players = "players and storefronts";
    public const string PlayersAndClaimAdministrators = "players, storefronts and administrators with the scope claims";

    /// <summary>Every route that needs a token, with the scope or the callers that it accepts.</summary>
    public static TheoryData<string, string, string, string> All => new()
    {
        { "api-1", "POST", "/v1/treasures/{treasureId}/claims", Players },
        { "api-1", "POST", "/v1/claims", Players },
        { "api-1", "POST", "/v1/claims/stream", Players },
        { "api-1", "GET", "/v1/players/me/claims", Players },
        { "api-1", "GET", "/v1/claims/{claimId}", PlayersAndClaimAdministrators },
        { "api-1", "POST", "/v1/hunts", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/schedule", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/open", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/pause", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/resume", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/close", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/cancel", Scopes.Hunts },
        { "api-1", "POST", "/v1/hunts/{huntId}/treasures", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/clues", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/restock", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/withdraw", Scopes.Hunts },
        { "api-1", "POST", "/v1/treasures/{treasureId}/revoke", Scopes.Claims },
        { "projections-1", "GET", "/admin/events", Scopes.Read },
        { "projections-1", "GET", "/admin/commands", Scopes.Read },
        { "projections-1", "GET", "/admin/audit", Scopes.Read },
        { "projections-1", "GET", "/admin/at/{moment}/treasures/{treasureId}", Scopes.Read },
        { "projections-1", "GET", "/admin/at/{moment}/hunts/{huntId}", Scopes.Read },
        { "projections-1", "GET", "/admin/lag", Scopes.Operations },
        { "projections-1", "POST", "/admin/lag/reset", Scopes.Operations },
        { "projections-1", "POST", "/admin/replays", Scopes.Operations },
        { "projections-1", "GET", "/admin/replays", Scopes.Operations },
        { "projections-1", "GET", "/admin/replays/{replayId}", Scopes.Operations },
        { "projections-1", "DELETE", "/admin/replays/{replayId}", Scopes.Operations },
        { "projections-1", "GET", "/admin/generations", Scopes.Operations },
        { "commands-1", "GET", "/admin/errors", Scopes.Operations },
        { "commands-1", "GET", "/admin/errors/{queue}", Scopes.Operations },
        { "commands-1", "POST", "/admin/errors/{queue}/retry", Scopes.Operations },
        { "commands-1", "POST", "/admin/errors/{queue}/drop", Scopes.Operations },
    };

    public static Task<ApiResponse> Call(this Engine engine, string host, string method, string path, string? token)
    {
        var address = path.Replace("{treasureId}", "golden-goose", StringComparison.Ordinal)
            .Replace("{huntId}", "autumn-sale", StringComparison.Ordinal)
            .Replace("{claimId}", "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1", StringComparison.Ordinal)
            .Replace("{replayId}", "5f0c6f5e-0b4f-5d0e-9a53-2b1de2f0a3c1", StringComparison.Ordinal)
            .Replace("{moment}", "1", StringComparison.Ordinal)
            .Replace("{queue}", "claims-0", StringComparison.Ordinal);
        return new ApiCaller(engine, host, token).Send(new HttpMethod(method), address, null, ("Idempotency-Key", "key"));
    }
}
