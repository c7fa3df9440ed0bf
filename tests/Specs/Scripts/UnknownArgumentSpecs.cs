using TreasureHunt.Specs.Structure;
using Xunit;

namespace TreasureHunt.Specs.Scripts;

/// <summary>A command refuses arguments that it does not know.</summary>
public class UnknownArgumentSpecs
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
    public async Task An_unknown_argument_is_refused_before_a_set_is_created(string words, string message)
    {
        var (code, output, errors) = await Shell.Hunt(Repository.PathOf(""), [.. words.Split(' '), "--name", "no-words"]);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"hunt: {message}\n", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Repository.PathOf(".run/no-words")));
    }
}
