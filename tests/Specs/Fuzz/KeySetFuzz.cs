using System.Text.Json;
using CsCheck;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Key sets as an issuer may publish them.</summary>
public class KeySetFuzz
{
    private static readonly Gen<string> KeySets = Gen.Select(
        Inputs.Among("EC", "RSA", "oct", ""),
        Inputs.Among("P-256", "P-384", ""),
        Inputs.Among("AQAB", "", "!", "\u0000", new string('A', 342)),
        Inputs.Among("sig", "enc", ""),
        (kty, crv, number, use) =>
            JsonSerializer.Serialize(
                new { keys = new[] { new { kty, crv, x = number, y = number, n = number, e = "AQAB", use, kid = "key" } } }));

    [Fact]
    public void A_key_set_is_read_or_is_refused_with_a_sentence() => Gen.OneOf(Inputs.Text, KeySets, Inputs.Spoilt(KeySets)).Check(text =>
    {
        try
        {
            _ = new AudienceKeys(KeyMaterial.FromJwks(text), "issuer");
        }
        catch (SettingException)
        {
        }
    });
}
