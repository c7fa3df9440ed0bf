using CsCheck;
using TreasureHunt.Cli.Demo;
using TreasureHunt.LoadGenerator.Planning;
using Xunit;

namespace TreasureHunt.Specs.Cli;

public class TraceFileSpecs
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
    public void A_written_trace_is_read_back() => Line.Array[1, 20].Sample(lines =>
    {
        using var file = new StringWriter();
        Trace.Write(file, lines);
        Assert.Equal(lines.OrderBy(line => line.OffsetMs), Read(file.ToString()));
    });

    [Fact]
    public void The_format_of_a_line_has_not_changed()
    {
        using var file = new StringWriter();
        Trace.Write(file, [new TraceLine(12.5, "alice", "goose", "order-1", null), new TraceLine(13, "bob", "fox", "k", "den")]);

        Assert.Equal(
            "{\"offsetMs\":12.5,\"player\":\"alice\",\"treasure\":\"goose\",\"key\":\"order-1\",\"proof\":null}\n"
            + "{\"offsetMs\":13,\"player\":\"bob\",\"treasure\":\"fox\",\"key\":\"k\",\"proof\":\"den\"}\n",
            file.ToString());
    }

    [Fact]
    public void Lines_are_sorted_by_time_and_empty_lines_are_ignored() =>
        Assert.Equal(
            ["b", "a"],
            Read("""
                {"offsetMs":2,"player":"alice","treasure":"goose","key":"a"}

                {"offsetMs":1,"player":"alice","treasure":"goose","key":"b"}
                """).Select(line => line.Key));

    [Fact]
    public void The_trace_of_a_run_contains_the_sent_claims_in_order()
    {
        var plan = Planner.Make(new PlanSize(Players: 5, Claims: 10, Treasures: 3, Seed: 1));
        var sentAt = new double?[plan.PeakClaims.Count];
        (sentAt[2], sentAt[0]) = (1.5, 7);

        var trace = Trace.Of(plan, sentAt).ToList();

        Assert.Equal([1.5, 7], trace.Select(line => line.OffsetMs));
        Assert.Equal([plan.PeakClaims[2].Key, plan.PeakClaims[0].Key], trace.Select(line => line.Key));
    }

    private static IReadOnlyList<TraceLine> Read(string text)
    {
        using var input = new StringReader(text);
        return Trace.Read(input, "trace.ndjson");
    }
}
