using System.Buffers;
using System.Text;
using CsCheck;
using TreasureHunt.Api.Claims;
using Xunit;

namespace TreasureHunt.Specs.Api;

/// <summary>Lines of NDJSON that arrive piece by piece.</summary>
public class NdjsonReaderSpecs
{
    private static readonly string TooLong = $"{{\"key\":\"{new string('k', ClaimLine.MaxBytes)}\"}}";

    [Theory]
    [InlineData("{\"key\":\"1\"}\n{\"key\":\"2\"}\n", "1 2")]
    [InlineData("{\"key\":\"1\"}\r\n{\"key\":\"2\"}", "1 2")]
    [InlineData("\n \t\r\n{\"key\":\"1\"}\n\n\n", "1")]
    [InlineData("", "")]
    [InlineData("\n", "")]
    [InlineData("\uFEFF{\"key\":\"1\"}\n", "1")]
    [InlineData("{\"key\":\"1\"}\nno JSON\n{\"key\":\"3\"}\n", "1 invalid-json 3")]
    [InlineData("{\"key\":\"1\"}\n{\"key\":\"2\n", "1 invalid-json")]
    [InlineData("null\n[]\n17\n\"x\"\n{}\n", "invalid-json invalid-json invalid-json invalid-json ?")]
    [InlineData("{\"key\":7}\n{\"key\":\"2\"} {}\n", "invalid-json invalid-json")]
    public void Lines_are_read_in_order_and_empty_ones_are_skipped(string body, string lines) => Assert.Equal(lines, ReadWhole(body));

    [Fact]
    public void A_line_that_is_too_long_is_one_problem() =>
        Assert.Equal("1 body-too-large 3", ReadWhole($"{{\"key\":\"1\"}}\n{TooLong}\n{{\"key\":\"3\"}}"));

    [Fact]
    public void A_last_line_that_is_too_long_is_one_problem() => Assert.Equal("body-too-large", ReadInPieces(TooLong, pieceBytes: 1000));

    [Fact]
    public void A_line_without_its_end_is_not_read_while_more_may_follow()
    {
        var buffer = Bytes("{\"key\":\"1\"}\n{\"key\":\"2\"}");
        var reader = new NdjsonReader();

        Assert.Equal("1", reader.Read(ref buffer, isEnd: false)?.Request?.Key);
        Assert.Null(reader.Read(ref buffer, isEnd: false));
        Assert.Equal("{\"key\":\"2\"}", Encoding.UTF8.GetString(buffer.ToArray()));
    }

    [Fact]
    public void The_size_of_the_pieces_does_not_matter() => Gen.Select(Gen.Int[0, 12].Array[0, 8], Gen.Int[1, 700]).Sample((kinds, size) =>
    {
        var body = string.Concat(kinds.Select((kind, n) => kind switch
        {
            0 => "\n",
            1 => "broken\n",
            2 => TooLong + "\n",
            _ => $"{{\"treasureId\":\"goose\",\"key\":\"{n}\"}}\n",
        }));

        Assert.Equal(ReadWhole(body), ReadInPieces(body, size));
    });

    private static string ReadWhole(string body) => string.Join(' ', ClaimList.ReadNdjson(Encoding.UTF8.GetBytes(body)).Lines.Select(Text));

    // Keeps what the reader did not take, as a pipe does.
    private static string ReadInPieces(string body, int pieceBytes)
    {
        var (bytes, reader, lines) = (Encoding.UTF8.GetBytes(body), new NdjsonReader(), new List<string>());
        byte[] kept = [];
        for (var start = 0; start <= bytes.Length; start += pieceBytes)
        {
            var end = Math.Min(bytes.Length, start + pieceBytes);
            var buffer = new ReadOnlySequence<byte>([.. kept, .. bytes[start..end]]);
            while (reader.Read(ref buffer, isEnd: start + pieceBytes > bytes.Length) is { } line)
            {
                lines.Add(Text(line));
            }

            kept = buffer.ToArray();
            Assert.InRange(kept.Length, 0, ClaimLine.MaxBytes);
        }

        return string.Join(' ', lines);
    }

    private static string Text(ClaimLine line) => line.Problem is { } problem ? problem.Name : line.Request!.Key ?? "?";

    private static ReadOnlySequence<byte> Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}
