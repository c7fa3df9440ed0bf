using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace TreasureHunt.Platform.Hosting;

/// <summary>
/// Validates tokens, and remembers for a minute at most which ones were valid: a player in a storm brings the same token with
/// every claim, and its signature need not be computed each time. What was not valid is never remembered.
/// </summary>
public sealed class RememberingTokenHandler(TimeProvider time) : JsonWebTokenHandler, IDisposable
{
    /// <summary>Tokens that are remembered; beyond that, none is added until some are forgotten.</summary>
    private const int Kept = 50_000;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly MemoryCache _valid = new(new MemoryCacheOptions { SizeLimit = Kept });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var now = time.GetUtcNow();
        if (_valid.TryGetValue(token, out Remembered? known) && now < known!.Until)
        {
            return known.Result;
        }

        var result = await base.ValidateTokenAsync(token, validationParameters);
        if (result.IsValid)
        {
            DateTimeOffset expires = result.SecurityToken.ValidTo;
            var until = expires < now + Longest ? expires : now + Longest;
            _valid.Set(token, new Remembered(result, until), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Longest });
        }

        return result;
    }

    public void Dispose() => _valid.Dispose();

    private sealed record Remembered(TokenValidationResult Result, DateTimeOffset Until);
}
