using Spectre.Console;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Audit;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The output of commands, as programs read it.</summary>
public class OutputSpecs
{
    private static readonly string LongExample = string.Join(' ', Enumerable.Repeat("a-key-that-differs", 20));

    [Fact]
    public void Redirected_text_is_not_wrapped() =>
        Assert.Equal($"{LongExample}\n", Print(isRedirected: true, console => console.MarkupLineInterpolated($"{LongExample}")));

    [Fact]
    public void A_redirected_table_has_a_line_for_each_example()
    {
        var audit = new HuntAudit("sale", 6, 3, 1, 1, 0, 0, 0, 0, 0, 0, 0, [new ReadModelAudit("treasures", 3, 1, [LongExample])], 1, 0, 0);

        Assert.Contains(
            LongExample, Print(isRedirected: true, console => console.Write(AuditTable.Of(new AuditResponse(6, [audit])))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Text_on_a_terminal_is_wrapped_at_its_width() =>
        Assert.DoesNotContain(
            LongExample, Print(isRedirected: false, console => console.MarkupLineInterpolated($"{LongExample}")),
            StringComparison.Ordinal);

    [Fact]
    public void Json_contains_plus_signs_and_quotes_as_they_are() =>
        Assert.Contains("\"player+1's prize\"", JsonFile.Serialize(new { name = "player+1's prize" }), StringComparison.Ordinal);

    private static string Print(bool isRedirected, Action<IAnsiConsole> print)
    {
        using var output = new StringWriter();
        print(CliConsole.Create(output, isRedirected));
        return output.ToString();
    }
}
