using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>The identifier rules.</summary>
public partial class IdentifierFuzz
{
    private static readonly Gen<string> Names = FuzzInputs.OneOf(
        "goose", "2-foxes", "Alice.2:a_b", new string('a', 64), "order-1", new string('k', 128));

    private static readonly Gen<string> Proofs = FuzzInputs.OneOf("", "the oak", "Zwölf\n", new string('p', 128));

    [Fact]
    public void The_identifier_rules_match_their_patterns() => Gen.OneOf(
        FuzzInputs.Text, Names, FuzzInputs.Mutated(Names), FuzzInputs.Mutated(Proofs))
        .Check(text =>
    {
        Assert.Equal(Slug().IsMatch(text), IdentifierRules.IsSlug(text));
        Assert.Equal(Player().IsMatch(text), IdentifierRules.IsPlayer(text));
        Assert.Equal(Key().IsMatch(text), IdentifierRules.IsKey(text));
        Assert.Equal(IsStorable(text), IdentifierRules.IsText(text));
        Assert.Equal(text.Length <= 128 && IsStorable(text), IdentifierRules.IsProof(text));
    });

    /// <summary>Text for PostgreSQL, JSON and terminals: valid code points, no control characters except tab and line breaks.</summary>
    private static bool IsStorable(string text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(text).Length >= 0
                && text.EnumerateRunes().All(rune => !Rune.IsControl(rune) || rune.Value is '\t' or '\n' or '\r');
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,63}\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,64}\z")]
    private static partial Regex Player();

    [GeneratedRegex(@"\A[\x21-\x7E]{1,128}\z")]
    private static partial Regex Key();
}
