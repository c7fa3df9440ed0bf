using TreasureHunt.Contracts;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class IdentifierRuleSpecs
{
    [Theory]
    [InlineData("Zwölf Gänse\n\ttanzen 🦢", true)]
    [InlineData("", true)]
    [InlineData("a\0b", false)]
    [InlineData("\u001b[2J", false)]
    public void Text_has_no_control_characters(string text, bool isText) => Assert.Equal(isText, IdentifierRules.IsText(text));

    // Not a theory, since attributes are stored as UTF-8, which has no lone surrogates.
    [Fact]
    public void A_lone_surrogate_is_invalid_text()
    {
        Assert.False(IdentifierRules.IsText("\ud800"));
        Assert.False(IdentifierRules.IsText("a\udc00b"));
        Assert.False(IdentifierRules.IsText("\ud83ex"));
    }

    [Theory]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_proof_has_at_most_128_characters(int length, bool isProof) =>
        Assert.Equal(isProof, IdentifierRules.IsProof(new string('p', length)));

    [Fact]
    public void A_missing_proof_is_allowed() => Assert.True(IdentifierRules.IsProof(null));
}
