using System.Security.Claims;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Which tokens are valid, for which audience, and for how long one that was is still taken.</summary>
public sealed class CachingTokenSpecs : IDisposable
{
    private readonly SpecIssuer _players = new("treasure-hunt-players");
    private readonly SpecIssuer _administrators = new("treasure-hunt-administrators");
    private readonly ManualTime _time = new();
    private readonly string _file = Path.GetTempFileName();
    private readonly KeySets _sets;
    private readonly CachingTokenHandler _handler;

    public CachingTokenSpecs()
    {
        _time.Advance(SpecIssuer.Now - DateTimeOffset.UnixEpoch);
        File.WriteAllText(_file, SpecIssuer.Jwks(_players));
        var options = new AuthOptions();
        options.Players.JwksFile = _file;
        options.Administrators.Jwks = SpecIssuer.Jwks(_administrators);
        _sets = new KeySets(options, _time, NullLogger<KeySets>.Instance);
        _handler = new CachingTokenHandler(_sets, _time) { MapInboundClaims = false };
    }

    public void Dispose()
    {
        _handler.Dispose();
        _sets.Dispose();
        File.Delete(_file);
    }

    [Fact]
    public async Task A_token_is_valid_for_the_audience_that_it_names()
    {
        var player = await Caller(_players.Token(Audiences.Player));
        var administrator = await Caller(_administrators.Token(Audiences.Administrator));

        Assert.Equal(("alice", false, false), (player.PlayerId(), player.Is(Audiences.Administrator), player.HasScope(Scopes.Hunts)));
        Assert.Equal(
            (null, true, true, false),
            (administrator.PlayerId(), administrator.Is(Audiences.Administrator), administrator.HasScope(
                Scopes.Hunts), administrator.HasScope(Scopes.Read)));
    }

    [Fact]
    public async Task A_players_key_makes_no_administrator()
    {
        await Refused(_players.Token(Audiences.Administrator));
        await Refused(_players.Token(Audiences.Administrator, token => token.Issuer = "treasure-hunt-administrators"));
        await Refused(_players.Token(Audiences.Player, token => Both(token)));
        await Refused(_administrators.Token(Audiences.Administrator, token => Both(token)));

        static void Both(SecurityTokenDescriptor token)
        {
            token.Audience = null;
            token.Audiences.Add(Audiences.Player);
            token.Audiences.Add(Audiences.Administrator);
        }
    }

    [Fact]
    public async Task An_issuer_may_add_audiences_of_its_own()
    {
        await Caller(_players.Token(Audiences.Player, token =>
        {
            token.Audience = null;
            token.Audiences.Add(Audiences.Player);
            token.Audiences.Add("https://shop.example/userinfo");
        }));
    }

    [Fact]
    public async Task An_audience_without_keys_has_no_callers() => await Refused(_players.Token(Audiences.Storefront));

    [Fact]
    public async Task A_public_key_is_no_secret()
    {
        var publicKey = new SymmetricSecurityKey(Encoding.ASCII.GetBytes(_players.PublicPem));
        await Refused(
            _players.Token(
                Audiences.Player, token => token.SigningCredentials = new SigningCredentials(publicKey, SecurityAlgorithms.HmacSha256)));
        publicKey.KeyId = "one";
        await Refused(
            _players.Token(
                Audiences.Player, token => token.SigningCredentials = new SigningCredentials(publicKey, SecurityAlgorithms.HmacSha256)));
        await Refused(_players.Token(Audiences.Player, token => token.SigningCredentials = null));
        await Refused(string.Join('.', _players.Token(Audiences.Player).Split('.')[..2]) + ".");
    }

    [Fact]
    public async Task A_key_in_the_token_itself_is_not_believed()
    {
        var stranger = new SpecIssuer("treasure-hunt-players");
        await Refused(stranger.Token(Audiences.Player));
        await Refused(stranger.Token(Audiences.Player, token => token.AdditionalHeaderClaims = new Dictionary<string, object>
        {
            ["jwk"] = System.Text.Json.JsonSerializer.SerializeToElement(stranger.PublicKey),
            ["jku"] = "https://stranger.example/jwks.json",
        }));
    }

    [Theory]
    [InlineData(24 * 60, true)]
    [InlineData((24 * 60) + 1, false)]
    public async Task A_token_lives_no_longer_than_its_audience_allows(int minutes, bool isValid) =>
        Assert.Equal(
            isValid,
            (await Validate(
                _players.Token(Audiences.Player, token => token.Expires = SpecIssuer.Now.UtcDateTime.AddMinutes(minutes)))).IsValid);

    [Fact]
    public async Task A_token_has_a_beginning_and_an_end()
    {
        await Refused(_players.Token(Audiences.Player, token => token.IssuedAt = null));
        await Refused(_players.Token(Audiences.Player, token => token.Expires = null));
        await Caller(_players.Token(Audiences.Player, token => (token.IssuedAt, token.NotBefore) = (null, SpecIssuer.Now.UtcDateTime)));
        // Short, but in force years from now.
        await Refused(
            _players.Token(
                Audiences.Player,
                token =>
                    (token.IssuedAt, token.Expires) = (SpecIssuer.Now.UtcDateTime.AddYears(1), SpecIssuer.Now.UtcDateTime.AddYears(1)
                        .AddHours(1))));
        await Refused(
            _players.Token(
                Audiences.Player,
                token =>
                    (token.IssuedAt, token.Expires) = (SpecIssuer.Now.UtcDateTime.AddHours(-2), SpecIssuer.Now.UtcDateTime.AddHours(-1))));
    }

    [Theory]
    [InlineData("iat")]
    [InlineData("exp")]
    [InlineData("nbf")]
    public async Task A_time_that_is_none_is_refused(string name) => await Refused(_players.Token(Audiences.Player, token =>
    {
        token.IssuedAt = name == "iat" ? null : token.IssuedAt;
        token.Expires = name == "exp" ? null : token.Expires;
        token.Claims[name] = "soon";
    }));

    [Fact]
    public async Task A_token_of_another_type_is_refused()
    {
        await Refused(_players.Token(Audiences.Player, token => token.TokenType = "logout+jwt"));
        await Caller(_players.Token(Audiences.Player, token => token.TokenType = "at+jwt"));
    }

    [Fact]
    public async Task Who_runs_hunts_has_a_name()
    {
        await Refused(_administrators.Token(Audiences.Administrator, token => token.Claims.Remove("sub")));
        await Refused(_administrators.Token(Audiences.Administrator, token => token.Claims["sub"] = new string('x', 257)));
    }

    [Fact]
    public async Task The_same_token_is_validated_once()
    {
        var token = _players.Token(Audiences.Player);

        Assert.Same(await Validate(token), await Validate(token));
    }

    [Fact]
    public async Task After_ten_minutes_it_is_validated_again()
    {
        var token = _players.Token(Audiences.Player);
        var first = await Validate(token);
        _time.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Same(first, await Validate(token));

        _time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.NotSame(first, await Validate(token));
    }

    [Fact]
    public async Task A_cached_token_ends_when_it_expires()
    {
        var token = _players.Token(Audiences.Player, token => token.Expires = SpecIssuer.Now.UtcDateTime.AddSeconds(10));
        Assert.True((await Validate(token)).IsValid);
        _time.Advance(TimeSpan.FromSeconds(10) + TokenRules.ClockSkew);

        Assert.False((await Validate(token)).IsValid);
    }

    [Fact]
    public async Task A_cached_token_ends_when_its_key_is_removed_and_another_one_goes_on()
    {
        var second = new SpecIssuer("treasure-hunt-players", "two");
        var (old, renewed) = (_players.Token(Audiences.Player), second.Token(Audiences.Player));
        Assert.True((await Validate(old)).IsValid);
        await Refused(renewed);

        await Publish(_players, second);
        Assert.True((await Validate(old)).IsValid);
        Assert.True((await Validate(renewed)).IsValid);

        await Publish(second);
        await Refused(old);
        Assert.True((await Validate(renewed)).IsValid);
    }

    [Fact]
    public async Task An_unknown_key_is_looked_for_at_most_every_ten_seconds()
    {
        var second = new SpecIssuer("treasure-hunt-players", "two");
        await Refused(second.Token(Audiences.Player));
        File.WriteAllText(_file, SpecIssuer.Jwks(_players, second));

        _time.Advance(TimeSpan.FromSeconds(9.9));
        await Refused(second.Token(Audiences.Player));
        _time.Advance(TimeSpan.FromSeconds(0.1));
        await Caller(second.Token(Audiences.Player));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_leave_the_last_ones_in_force()
    {
        foreach (var broken in (string[])["", "{", "{}", """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"""])
        {
            File.WriteAllText(_file, broken);
            await _sets.Of(Audiences.Player)!.RefreshAsync();
            await Caller(_players.Token(Audiences.Player));
        }

        File.WriteAllText(_file, """{"keys":[]}""");
        await _sets.Of(Audiences.Player)!.RefreshAsync();
        await Refused(_players.Token(Audiences.Player));
    }

    [Fact]
    public async Task A_forged_one_is_refused_each_time()
    {
        var forged = _players.Token(Audiences.Player)[..^4] + "AAAA";

        await Refused(forged);
        await Refused(forged);
        foreach (var garbage in (string[])["", "garbage", "a.b.c", "a.b.c.d.e", new string('.', 1_000)])
        {
            await Refused(garbage);
        }
    }

    private async Task Publish(params SpecIssuer[] issuers)
    {
        await File.WriteAllTextAsync(_file, SpecIssuer.Jwks(issuers));
        await _sets.Of(Audiences.Player)!.RefreshAsync();
    }

    private async Task<ClaimsPrincipal> Caller(string token)
    {
        var result = await Validate(token);
        Assert.True(result.IsValid, result.Exception?.Message);
        return new ClaimsPrincipal(result.ClaimsIdentity);
    }

    private async Task Refused(string token) => Assert.False((await Validate(token)).IsValid);

    private Task<TokenValidationResult> Validate(string token) => _handler.ValidateTokenAsync(token, new TokenValidationParameters());
}
