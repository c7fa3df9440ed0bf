using System.Globalization;
using System.Text.RegularExpressions;
using TreasureHunt.Api.Admission;
using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.ClaimRoutes;

/// <summary>Sends one claim on both routes of an Api and compares the responses.</summary>
internal static partial class RouteComparison
{
    /// <summary>Sends a claim without a query, and the same claim on the ordinary route.</summary>
    /// <param name="content">Creates the body for each of the two requests.</param>
    /// <param name="ordinaryKey">The key of the claim on the ordinary route, when it must be another claim.</param>
    /// <returns>The response to the claim without a query.</returns>
    public static async Task<ApiResponse> AssertSameResponse(
        this ApiCaller caller, string path, Func<HttpContent?> content, (string Name, string Value)[] headers, string? ordinaryKey = null)
    {
        var ordinaryHeaders = headers.Select(
            header => ordinaryKey is not null && header.Name == "Idempotency-Key" ? (header.Name, ordinaryKey) : header);
        var ordinary = await caller.Send(
            HttpMethod.Post, $"{path}{ClaimRoute.OrdinaryQuery}", content(), [.. ordinaryHeaders]);
        var plain = await caller.Send(HttpMethod.Post, path, content(), headers);

        Assert.Equal(TextOf(ordinary), TextOf(plain));
        return plain;
    }

    /// <summary>The claims that took the fast route of a host since its start.</summary>
    public static async Task<int> FastClaims(this Engine engine, string host) =>
        Counter().Match((await engine.Anonymous(host).Get("/metrics")).Text) is { Success: true } found
            ? (int)double.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) : 0;

    // Without the values that differ from request to request.
    private static string TextOf(ApiResponse response) => string.Join(
        '\n',
        [
            $"{(int)response.Status}",
            .. response.Headers
                // A measured limit is reported from time to time.
                .Where(header => header.Key != PoolLimits.HeaderName)
                .OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
                .Select(header => header.Key switch
                {
                    "Content-Length" or "Date" or "Retry-After" => header.Key,
                    "RateLimit" => $"{header.Key}: {Number().Replace(header.Value, "n")}",
                    _ => $"{header.Key}: {Id().Replace(header.Value, "id")}",
                }),
            Position().Replace(Moment().Replace(Id().Replace(response.Text, "id"), "moment"), "position"),
        ]);

    [GeneratedRegex(@"(?m)^treasurehunt_fast_route_claims_total\{[^}]*\} (\S+)")]
    private static partial Regex Counter();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    /// <summary>Ids of claims and traces.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")]
    private static partial Regex Id();

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[+-][0-9:]+)")]
    private static partial Regex Moment();

    [GeneratedRegex("\"position\":[0-9]+")]
    private static partial Regex Position();
}
