using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>A valid token is remembered for a minute, never for longer than it is valid; any other is looked at each time.</summary>
public class RememberingTokenSpecs
{
    private static readonly SymmetricSecurityKey Key = new(Encoding.UTF8.GetBytes("a-key-of-at-least-thirty-two-bytes"));

    private readonly ManualTime _time = new();
    private int _validated;

    [Fact]
    public async Task The_same_token_is_validated_once() => Assert.Equal(1, await Validations(Token("alice"), Token("alice")));

    [Fact]
    public async Task Each_token_is_validated() => Assert.Equal(2, await Validations(Token("alice"), Token("bob")));

    [Fact]
    public async Task After_a_minute_it_is_validated_again()
    {
        using var handler = new RememberingTokenHandler(_time);
        var token = Token("alice");
        await Validate(handler, token);
        _time.Advance(TimeSpan.FromSeconds(59.9));
        await Validate(handler, token);
        Assert.Equal(1, _validated);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        await Validate(handler, token);
        Assert.Equal(2, _validated);
    }

    [Fact]
    public async Task It_is_forgotten_when_it_expires()
    {
        using var handler = new RememberingTokenHandler(_time);
        var token = Token("alice", validFor: TimeSpan.FromSeconds(10));
        Assert.True((await Validate(handler, token)).IsValid);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.False((await Validate(handler, token)).IsValid);
    }

    [Fact]
    public async Task A_forged_one_is_refused_each_time()
    {
        using var handler = new RememberingTokenHandler(_time);
        var forged = Token("alice")[..^4] + "AAAA";

        Assert.False((await Validate(handler, forged)).IsValid);
        Assert.False((await Validate(handler, forged)).IsValid);
    }

    private async Task<int> Validations(params string[] tokens)
    {
        using var handler = new RememberingTokenHandler(_time);
        foreach (var token in tokens)
        {
            var result = await Validate(handler, token);
            Assert.True(result.IsValid);
            Assert.Equal(new JsonWebToken(token).Subject, result.ClaimsIdentity.FindFirst("sub")?.Value);
        }

        return _validated;
    }

    private Task<TokenValidationResult> Validate(RememberingTokenHandler handler, string token) => handler.ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = "treasure-hunt",
        ValidAudience = "treasure-hunt-player",
        IssuerSigningKey = Key,
        LifetimeValidator = (_, until, _, _) =>
        {
            _validated++;
            return until > _time.GetUtcNow().UtcDateTime;
        },
    });

    private string Token(string player, TimeSpan? validFor = null) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "treasure-hunt",
        Audience = "treasure-hunt-player",
        Claims = new Dictionary<string, object> { ["sub"] = player },
        Expires = (_time.GetUtcNow() + (validFor ?? TimeSpan.FromHours(1))).UtcDateTime,
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });
}
