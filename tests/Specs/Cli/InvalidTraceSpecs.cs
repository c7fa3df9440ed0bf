using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>Errors in a trace file.</summary>
public class InvalidTraceSpecs
{
    [Theory]
    [InlineData("", "not a claim in JSON")]
    [InlineData("\"offsetMs\":1", "not a claim in JSON")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"", "not a claim in JSON")]
    [InlineData("{\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}", "offsetMs is missing")]
    [InlineData("{\"offsetMs\":\"soon\",\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}", "offsetMs has a wrong type")]
    [InlineData("{\"offsetMs\":-1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}", "offsetMs must be 0 or more")]
    [InlineData("{\"offsetMs\":1,\"player\":\"al ice\",\"treasure\":\"goose\",\"key\":\"k\"}", "player must be")]
    [InlineData("{\"offsetMs\":1,\"treasure\":\"goose\",\"key\":\"k\"}", "player must be")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"Goose\",\"key\":\"k\"}", "treasure must be")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"\"}", "key must be")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\",\"proof\":7}", "proof has a wrong type")]
    [InlineData("null", "offsetMs is missing")]
    public void An_invalid_line_is_reported_with_its_number(string line, string message)
    {
        var text = $"{{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}}\n\n{(line.Length == 0 ? "?" : line)}\n";

        var exception = Assert.Throws<LoadException>(() => Read(text));

        Assert.StartsWith($"trace.ndjson, line 3: {message}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_ten_of_many_invalid_lines_are_reported()
    {
        var exception = Assert.Throws<LoadException>(() => Read(string.Concat(Enumerable.Repeat("?\n", 25))));

        Assert.Contains("line 10:", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 11:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("… and 15 more.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_without_claims_is_an_error() =>
        Assert.Equal("trace.ndjson contains no claims.", Assert.Throws<LoadException>(() => Read("\n\n")).Message);

    private static IReadOnlyList<TraceLine> Read(string text)
    {
        using var input = new StringReader(text);
        return Trace.Read(input, "trace.ndjson");
    }
}
