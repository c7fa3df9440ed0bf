using System.Text.Json;
using CsCheck;
using TreasureHunt.Platform.Authentication;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>JSON Web Key Sets as an issuer may publish them.</summary>
public class KeySetFuzz
{
    private static readonly Gen<string> KeySets = Gen.Select(
        FuzzInputs.OneOf("EC", "RSA", "oct", ""),
        FuzzInputs.OneOf("P-256", "P-384", ""),
        FuzzInputs.OneOf("AQAB", "", "!", "\u0000", new string('A', 342)),
        FuzzInputs.OneOf("sig", "enc", ""),
        (kty, crv, number, use) =>
            JsonSerializer.Serialize(
                new { keys = new[] { new { kty, crv, x = number, y = number, n = number, e = "AQAB", use, kid = "key" } } }));

    [Fact]
    public void A_key_set_is_parsed_or_refused_with_a_message() => Gen.OneOf(FuzzInputs.Text, KeySets, FuzzInputs.Mutated(KeySets)).Check(
        text =>
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
