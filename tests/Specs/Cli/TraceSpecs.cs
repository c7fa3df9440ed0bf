using CsCheck;
using TreasureHunt.Cli;
using TreasureHunt.Cli.Demo;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class TraceSpecs
{
    private static readonly Gen<string> Key = Gen.Char[(char)0x21, (char)0x7E].Array[1, 128].Select(characters => new string(characters));
    private static readonly Gen<string?> Proof = Gen.OneOf(
        Gen.Const((string?)null), Gen.String[Gen.Char.AlphaNumeric, 0, 128].Select(text => (string?)text));
    private static readonly Gen<string> Player = Gen.Int[0, 2].Select(n => new[] { "alice", "Bob.2", "a:b-c_d" }[n]);
    private static readonly Gen<string> Treasure = Gen.Bool.Select(first => first ? "goose" : "2-foxes");
    private static readonly Gen<TraceLine> Line = Gen.Select(
        Gen.Double[0, 1e6], Player, Treasure, Key, Proof, (offset, player, treasure, key, proof) =>
            new TraceLine(offset, player, treasure, key, proof));

    [Fact]
    public void What_is_written_is_read_again() => Line.Array[1, 20].Sample(lines =>
    {
        using var file = new StringWriter();
        Trace.Write(file, lines);
        Assert.Equal(lines.OrderBy(line => line.OffsetMs), Read(file.ToString()));
    });

    [Fact]
    public void The_form_of_a_line_is_fixed()
    {
        using var file = new StringWriter();
        Trace.Write(file, [new TraceLine(12.5, "alice", "goose", "order-1", null), new TraceLine(13, "bob", "fox", "k", "den")]);

        Assert.Equal(
            "{\"offsetMs\":12.5,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"order-1\",\"proof\":null}\n"
            + "{\"offsetMs\":13,\"player\":\"bob\",\"treasure\":\"fox\",\"key\":\"k\",\"proof\":\"den\"}\n",
            file.ToString());
    }

    [Fact]
    public void Lines_are_sent_in_the_order_of_their_times_and_empty_ones_do_not_count() =>
        Assert.Equal(
            ["b", "a"],
            Read("""
                {"offsetMs":2,"player":"alice","treasure":"goose","key":"a"}

                {"offsetMs":1,"player":"alice","treasure":"goose","key":"b"}
                """).Select(line => line.Key));

    [Theory]
    [InlineData("", "not a claim in JSON")]
    [InlineData("\"offsetMs\":1", "not a claim in JSON")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"", "not a claim in JSON")]
    [InlineData("{\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}", "offsetMs is missing")]
    [InlineData("{\"offsetMs\":\"soon\",\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}", "offsetMs is not of its kind")]
    [InlineData("{\"offsetMs\":-1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}", "offsetMs must be 0 or more")]
    [InlineData("{\"offsetMs\":1,\"player\":\"al ice\",\"treasure\":\"goose\",\"key\":\"k\"}", "player must be")]
    [InlineData("{\"offsetMs\":1,\"treasure\":\"goose\",\"key\":\"k\"}", "player must be")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"Goose\",\"key\":\"k\"}", "treasure must be")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"\"}", "key must be")]
    [InlineData("{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\",\"proof\":7}", "proof is not of its kind")]
    [InlineData("null", "offsetMs is missing")]
    public void A_bad_line_is_named_by_its_number(string line, string complaint)
    {
        var text = $"{{\"offsetMs\":1,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"k\"}}\n\n{(line.Length == 0 ? "?" : line)}\n";

        var exception = Assert.Throws<CliException>(() => Read(text));

        Assert.StartsWith($"trace.ndjson, line 3: {complaint}", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was sent.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_bad_lines_the_first_ten_are_shown()
    {
        var exception = Assert.Throws<CliException>(() => Read(string.Concat(Enumerable.Repeat("?\n", 25))));

        Assert.Contains("line 10:", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 11:", exception.Message, StringComparison.Ordinal);
        Assert.Contains("… and 15 more.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trace_without_claims_is_no_trace() =>
        Assert.Equal("trace.ndjson holds no claims.", Assert.Throws<CliException>(() => Read("\n\n")).Message);

    [Fact]
    public void The_trace_of_a_storm_holds_what_was_sent_in_its_order()
    {
        var plan = Planner.Make(new PlanSize(Players: 5, Claims: 10, Treasures: 3, Seed: 1));
        var sentAt = new double?[plan.Storm.Count];
        (sentAt[2], sentAt[0]) = (1.5, 7);

        var trace = Trace.Of(plan, sentAt).ToList();

        Assert.Equal([1.5, 7], trace.Select(line => line.OffsetMs));
        Assert.Equal([plan.Storm[2].Key, plan.Storm[0].Key], trace.Select(line => line.Key));
    }

    private static IReadOnlyList<TraceLine> Read(string text)
    {
        using var input = new StringReader(text);
        return Trace.Read(input, "trace.ndjson");
    }
}
