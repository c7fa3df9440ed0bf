using TreasureHunt.Cli;
using TreasureHunt.Cli.Token;
using TreasureHunt.LoadGenerator.Tokens;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The key files of <c>./hunt keys</c>.</summary>
public sealed class KeysCommandSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hunt-keys").FullName;
    private readonly TokenFactory _tokens;

    public KeysCommandSpecs()
    {
        KeysCommand.Make(_folder);
        _tokens = new TokenFactory(CliSettings.FromEnvironment(name => name == "HUNT_KEYS" ? _folder : null).IssuerOf, TimeProvider.System);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Existing_keys_are_kept()
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
    [InlineData("storefronts.pem", "storefronts.jwks.json exists without storefronts.pem")]
    [InlineData("storefronts.jwks.json", "storefronts.pem exists without storefronts.jwks.json")]
    public void A_key_with_a_missing_file_is_an_error_and_no_key_is_created(string missing, string sentence)
    {
        File.Delete(Path.Combine(_folder, missing));
        File.Delete(Path.Combine(_folder, "players.pem"));
        File.Delete(Path.Combine(_folder, "players.jwks.json"));

        var exception = Assert.Throws<CliException>(() => KeysCommand.Make(_folder));

        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(_folder).Length);
    }
}
