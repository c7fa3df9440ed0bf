using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Tokens;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Authentication;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>What ./hunt signs, a host takes: each token is validated by the hosts' own rules.</summary>
public sealed class TokenSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hunt-keys").FullName;
    private readonly Tokens _tokens;

    public TokenSpecs()
    {
        KeysCommand.Make(_folder);
        _tokens = new Tokens(CliSettings.Read(name => name == "HUNT_KEYS" ? _folder : null), TimeProvider.System);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_player_is_the_subject_of_its_token()
    {
        var result = await Validate(_tokens.Player("alice", TimeSpan.FromHours(2)));

        Assert.Equal("alice", new System.Security.Claims.ClaimsPrincipal(result.ClaimsIdentity).PlayerId());
        Assert.Equal(TimeSpan.FromHours(2), result.SecurityToken.ValidTo - result.SecurityToken.ValidFrom);
    }

    [Fact]
    public async Task Every_kind_of_token_is_valid_and_the_audiences_stay_apart()
    {
        foreach (var (token, audience) in new[] { (_tokens.Player("alice"), Audiences.Player), (_tokens.Storefront(
            "shop1:"), Audiences.Storefront), (_tokens.Admin(), Audiences.Administrator) })
        {
            var result = await Validate(token);
            Assert.True(result.IsValid, result.Exception?.Message);
            Assert.Equal(audience, result.ClaimsIdentity.AuthenticationType);
        }
    }

    [Fact]
    public async Task An_administrators_token_has_all_scopes_or_those_that_are_asked_for()
    {
        Assert.Equal("hunts claims operations read", (await Validate(_tokens.Admin())).ClaimsIdentity.FindFirst("scope")?.Value);
        var narrow = (await Validate(_tokens.Admin(scopes: [Scopes.Read], subject: "erika"))).ClaimsIdentity;
        Assert.Equal(("read", "erika"), (narrow.FindFirst("scope")?.Value, narrow.FindFirst("sub")?.Value));
    }

    [Fact]
    public void Keys_that_are_there_stay()
    {
        var before = Directory.GetFiles(_folder).Order().Select(file => (file, File.ReadAllText(file))).ToList();

        KeysCommand.Make(_folder);

        Assert.Equal(6, before.Count);
        Assert.Equal(before, Directory.GetFiles(_folder).Order().Select(file => (file, File.ReadAllText(file))));
        Assert.All(
            Directory.GetFiles(_folder, "*.pem"),
            file => Assert.True(
                OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)));
        Assert.All(
            Directory.GetFiles(_folder, "*.json"),
            file => Assert.DoesNotContain("\"d\"", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("storefronts.pem", "storefronts.jwks.json is there without storefronts.pem")]
    [InlineData("storefronts.jwks.json", "storefronts.pem is there without storefronts.jwks.json")]
    public void One_file_of_a_key_without_the_other_is_told_and_no_key_is_made(string missing, string sentence)
    {
        File.Delete(Path.Combine(_folder, missing));
        File.Delete(Path.Combine(_folder, "players.pem"));
        File.Delete(Path.Combine(_folder, "players.jwks.json"));

        var complaint = Assert.Throws<CliException>(() => KeysCommand.Make(_folder));

        Assert.Contains(sentence, complaint.Message, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }

    private async Task<TokenValidationResult> Validate(string token)
    {
        var options = new AuthOptions();
        foreach (var (name, section) in options.Sections())
        {
            section.JwksFile = Path.Combine(_folder, $"{name.ToLowerInvariant()}.jwks.json");
        }

        using var sets = new KeySets(options, TimeProvider.System, NullLogger<KeySets>.Instance);
        using var handler = new CachingTokenHandler(sets, TimeProvider.System) { MapInboundClaims = false };
        return await handler.ValidateTokenAsync(token, new TokenValidationParameters());
    }
}
