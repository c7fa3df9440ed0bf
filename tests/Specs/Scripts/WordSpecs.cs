using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>A word that a command does not know is refused: it may have been meant to change what the command does.</summary>
public class WordSpecs
{
    [Theory]
    [InlineData("down --purg", "'down' does not take '--purg'.")]
    [InlineData("down --purge x", "'down' does not take 'x'.")]
    [InlineData("servers down --purg", "'down' does not take '--purg'.")]
    [InlineData("servers down x --purge", "'down' does not take 'x'.")]
    [InlineData("servers up x", "'./hunt servers up' does not take 'x'.")]
    [InlineData("servers reload x", "'./hunt servers reload' does not take 'x'.")]
    [InlineData("servers env --json", "'./hunt servers env' does not take '--json'.")]
    [InlineData("up x", "'./hunt up' does not take 'x'.")]
    [InlineData("status x", "'./hunt status' does not take 'x'.")]
    public async Task A_word_too_many_is_refused_before_anything_is_done(string words, string sentence)
    {
        var (code, output, errors) = await Shell.Hunt(Repository.PathOf(""), [.. words.Split(' '), "--name", "no-words"]);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"hunt: {sentence}\n", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Repository.PathOf(".run/no-words")));
    }
}
