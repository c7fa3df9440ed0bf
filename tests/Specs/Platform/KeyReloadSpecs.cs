using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>Changes of the key file.</summary>
public sealed class KeyReloadSpecs : TokenHandlerScenario
{
    [Fact]
    public async Task An_unknown_key_reloads_the_keys_at_most_every_ten_seconds()
    {
        var second = new TokenSigner("treasure-hunt-players", "two");
        await Refused(second.Token(Audiences.Player));
        File.WriteAllText(KeyFile, TokenSigner.Jwks(Players, second));

        Time.Advance(TimeSpan.FromSeconds(9.9));
        await Refused(second.Token(Audiences.Player));
        Time.Advance(TimeSpan.FromSeconds(0.1));
        await Accepted(second.Token(Audiences.Player));
    }

    [Fact]
    public async Task Unreadable_keys_keep_the_last_keys_in_force()
    {
        foreach (var broken in (string[])["", "{", "{}", """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}"""])
        {
            File.WriteAllText(KeyFile, broken);
            await Sets.Find(Audiences.Player)!.RefreshAsync();
            await Accepted(Players.Token(Audiences.Player));
        }

        File.WriteAllText(KeyFile, """{"keys":[]}""");
        await Sets.Find(Audiences.Player)!.RefreshAsync();
        await Refused(Players.Token(Audiences.Player));
    }
}
