using System.Globalization;
using System.Security.Claims;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.RateLimiting;

/// <summary>
/// Limits the claims that one player, and one storefront for all of its players, may post to this Api, and tells them what is left
/// (draft-ietf-httpapi-ratelimit-headers). A claim beyond the limit is refused and leaves no trace.
/// </summary>
public sealed class ClaimRateLimit(RateLimitOptions options, TimeProvider timeProvider)
{
    private readonly Policy _player = new("player", options.PlayerPerSecond, options.PlayerBurst, timeProvider);
    private readonly Policy _storefront = new("storefront", options.StorefrontPerSecond, options.StorefrontBurst, timeProvider);

    /// <summary>Counts a claim of this player.</summary>
    /// <returns>The problem when it is one too many; else null.</returns>
    public IResult? Count(HttpContext http, string player)
    {
        var wait = _player.Take(http, player);
        if (wait == TimeSpan.Zero && http.User.Is(Audiences.Storefront) && http.User.FindFirstValue("sub") is { } storefront)
        {
            wait = _storefront.Take(http, storefront);
        }

        return wait > TimeSpan.Zero ? ProblemResults.Of(ProblemNames.TooManyRequests, retryAfter: wait) : null;
    }

    private sealed class Policy(string name, double perSecond, int burst, TimeProvider timeProvider)
    {
        /// <summary>Larger bursts have their fields written anew for each answer.</summary>
        private const int MaxPrepared = 1_000;

        private readonly TokenBuckets _buckets = new(perSecond, burst, timeProvider);
        private readonly string _policy = string.Create(
            CultureInfo.InvariantCulture, $"\"{name}\";q={burst};w={Math.Ceiling(burst / perSecond)}");
        private readonly string?[] _prepared = new string?[burst <= MaxPrepared ? burst : 0];

        /// <summary>Takes a token and says in the answer how many are left. Zero, or how long until there is one.</summary>
        public TimeSpan Take(HttpContext http, string key)
        {
            var taken = _buckets.Take(key);
            var limit = !taken.Ok ? Field(0, taken.Wait.TotalSeconds)
                : taken.Left < _prepared.Length ? _prepared[taken.Left] ??= Field(taken.Left, (burst - taken.Left) / perSecond)
                : Field(taken.Left, (burst - taken.Left) / perSecond);
            var headers = http.Response.Headers;
            headers.Append("RateLimit-Policy", _policy);
            headers.Append("RateLimit", limit);
            return taken.Ok ? TimeSpan.Zero : taken.Wait;
        }

        private string Field(int left, double seconds) =>
            string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={left};t={Math.Ceiling(seconds)}");
    }
}
