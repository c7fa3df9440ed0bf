using System.Globalization;
using TreasureHunt.Api.Problems;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.RateLimiting;

/// <summary>
/// Limits the claims that one player, and one storefront for all of its players, may post to this Api. The response has the remaining
/// number (draft-ietf-httpapi-ratelimit-headers). A claim above the limit is refused and not recorded.
/// </summary>
public sealed class ClaimRateLimit(RateLimitOptions options, TimeProvider timeProvider)
{
    private readonly Policy _player = new("player", options.PlayerPerSecond, options.PlayerBurst, timeProvider);
    private readonly Policy _storefront = new("storefront", options.StorefrontPerSecond, options.StorefrontBurst, timeProvider);

    /// <summary>Counts a claim of this player.</summary>
    /// <param name="storefront">The storefront that claims for the player; null when the player claims itself.</param>
    /// <param name="response">Gets the rate limit headers; null for a request with several claims.</param>
    /// <returns>The problem when the limit is reached; otherwise null.</returns>
    public ClaimProblem? CheckAndCount(string player, string? storefront, HttpResponse? response)
    {
        var wait = _player.Take(response, player);
        if (wait == TimeSpan.Zero && storefront is not null)
        {
            wait = _storefront.Take(response, storefront);
        }

        return wait > TimeSpan.Zero ? new ClaimProblem(ProblemNames.TooManyRequests, RetryAfter: wait) : null;
    }

    private sealed class Policy(string name, double perSecond, int burst, TimeProvider timeProvider)
    {
        /// <summary>The header values of larger bursts are not cached.</summary>
        private const int MaxCachedValues = 1_000;

        private readonly TokenBuckets _buckets = new(perSecond, burst, timeProvider);
        private readonly string _policy = string.Create(
            CultureInfo.InvariantCulture, $"\"{name}\";q={burst};w={Math.Ceiling(burst / perSecond)}");
        private readonly string?[] _cachedValues = new string?[burst <= MaxCachedValues ? burst : 0];

        /// <summary>Takes a token. Returns zero, or the time until there is one.</summary>
        public TimeSpan Take(HttpResponse? response, string key)
        {
            var taken = _buckets.Take(key);
            if (response is not null)
            {
                AddHeaders(response.Headers, taken);
            }

            return taken.IsAllowed ? TimeSpan.Zero : taken.RetryAfter;
        }

        private void AddHeaders(IHeaderDictionary headers, TokenBuckets.TakeResult taken)
        {
            var limit = !taken.IsAllowed ? Format(0, taken.RetryAfter.TotalSeconds)
                : taken.Remaining < _cachedValues.Length ? _cachedValues[taken.Remaining] ??= ValueOf(taken.Remaining)
                : ValueOf(taken.Remaining);
            headers.Append("RateLimit-Policy", _policy);
            headers.Append("RateLimit", limit);
        }

        private string ValueOf(int remaining) => Format(remaining, (burst - remaining) / perSecond);

        private string Format(int remaining, double seconds) =>
            string.Create(CultureInfo.InvariantCulture, $"\"{name}\";r={remaining};t={Math.Ceiling(seconds)}");
    }
}
