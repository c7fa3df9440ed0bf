using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The caching of validated tokens.</summary>
public sealed class CachingTokenHandlerSpecs : TokenHandlerScenario
{
    [Fact]
    public async Task The_same_token_is_validated_once()
    {
        var token = Players.Token(Audiences.Player);

        Assert.Same(await Validate(token), await Validate(token));
    }

    [Fact]
    public async Task A_token_is_validated_again_after_ten_minutes()
    {
        var token = Players.Token(Audiences.Player);
        var first = await Validate(token);
        Time.Advance(TimeSpan.FromMinutes(9.9));
        Assert.Same(first, await Validate(token));

        Time.Advance(TimeSpan.FromMinutes(0.1));
        Assert.NotSame(first, await Validate(token));
    }

    [Fact]
    public async Task A_caller_is_found_only_while_its_validated_token_is_cached()
    {
        var second = new TokenSigner("treasure-hunt-players", "two");
        var token = Players.Token(Audiences.Player);
        Assert.Null(Handler.FindCaller(token));

        Assert.Same((await Accepted(token)).Identity, Handler.FindCaller(token)!.Identity);
        Assert.Null(Handler.FindCaller(token.AsSpan(..^1)));
        Assert.Null(Handler.FindCaller($"{token} "));

        await Publish(second);
        Assert.Null(Handler.FindCaller(token));
        await Publish(Players);
        await Accepted(token);
        Assert.NotNull(Handler.FindCaller(token));
        Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Null(Handler.FindCaller(token));
    }

    [Fact]
    public async Task A_cached_token_is_refused_after_its_expiry()
    {
        var token = Players.Token(Audiences.Player, token => token.Expires = TokenSigner.Now.UtcDateTime.AddSeconds(10));
        Assert.True((await Validate(token)).IsValid);
        Time.Advance(TimeSpan.FromSeconds(10) + TokenRules.ClockSkew);

        Assert.False((await Validate(token)).IsValid);
    }

    [Fact]
    public async Task A_cached_token_is_refused_after_its_key_is_removed()
    {
        var second = new TokenSigner("treasure-hunt-players", "two");
        var (old, renewed) = (Players.Token(Audiences.Player), second.Token(Audiences.Player));
        Assert.True((await Validate(old)).IsValid);
        await Refused(renewed);

        await Publish(Players, second);
        Assert.True((await Validate(old)).IsValid);
        Assert.True((await Validate(renewed)).IsValid);

        await Publish(second);
        await Refused(old);
        Assert.True((await Validate(renewed)).IsValid);
    }
}
