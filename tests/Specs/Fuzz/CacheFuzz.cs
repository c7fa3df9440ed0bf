using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using TreasureHunt.Platform.Memcached.Protocol;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Fuzz;

/// <summary>Data from the caches: replies of Memcached and versioned values.</summary>
public partial class CacheFuzz
{
    private static readonly Gen<(string Text, Reply Reply)> Line = Gen.Select(
        Gen.Int[0, 6], Gen.ULong, Gen.UInt, Gen.Bool, Gen.Byte.Array[0, 40], Wire);

    private static readonly Gen<byte[]> Stream = Line.Array[1, 6].Select(
        lines => Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line.Text))));

    [Fact]
    public void A_reply_is_parsed_or_refused_and_an_incomplete_one_is_not_consumed() => Gen.OneOf(
        FuzzInputs.Bytes, Stream, FuzzInputs.Mutated(Stream))
        .Check(bytes =>
    {
        var rest = new ReadOnlySequence<byte>(bytes);
        try
        {
            for (var before = rest.Length; ReplyReader.TryRead(ref rest, out var reply); before = rest.Length)
            {
                Assert.True(rest.Length < before);
                Assert.True(reply.Value.Length < before);
            }

            Assert.Equal(bytes[^(int)rest.Length..], rest.ToArray());
        }
        catch (InvalidDataException)
        {
        }
    });

    [Fact]
    public void Valid_replies_are_parsed_completely() => Line.Array[1, 6].Check(lines =>
    {
        var rest = new ReadOnlySequence<byte>(Encoding.Latin1.GetBytes(string.Concat(lines.Select(line => line.Text))));
        foreach (var (_, expected) in lines)
        {
            Assert.True(ReplyReader.TryRead(ref rest, out var reply));
            Assert.Equal(expected with { Value = default }, reply with { Value = default });
            Assert.Equal(expected.Value.ToArray(), reply.Value.ToArray());
        }

        Assert.True(rest.IsEmpty);
    });

    [Fact]
    public void A_versioned_value_matches_its_format_and_has_one_encoding() => Gen.OneOf(
        FuzzInputs.Bytes,
        FuzzInputs.Mutated(
            Gen.Select(
                Gen.Long[0, long.MaxValue], Gen.Byte.Array[0, 20], (sequence, json) => new VersionedValue(sequence, json).ToBytes())))
                    .Check(bytes =>
        {
            var text = Encoding.Latin1.GetString(bytes);
            var form = VersionedForm().Match(text);
            var expected = form.Success && long.TryParse(form.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out _);

            Assert.Equal(expected, VersionedValue.TryParse(bytes, out var value));
            if (expected)
            {
                Assert.Equal(bytes, value.ToBytes());
            }
        });

    private static (string Text, Reply Reply) Wire(int kind, ulong token, uint opaque, bool won, byte[] value)
    {
        var flags = $" c{token} O{opaque}{(won ? " W" : " X Z")} t-1 s{value.Length}";
        var seen = new Reply(ReplyCode.Done, Token: token, Opaque: opaque, IsLeaseWon: won);
        return kind switch
        {
            0 => ($"VA {value.Length}{flags}\r\n{Encoding.Latin1.GetString(value)}\r\n", seen with { Code = ReplyCode.Value, Value = value }),
            1 => ($"HD{flags}\r\n", seen),
            2 => ($"EN{flags}\r\n", seen with { Code = ReplyCode.Absent }),
            3 => ($"NS{flags}\r\n", seen with { Code = ReplyCode.Conflict }),
            4 => ("MN\r\n", new Reply(ReplyCode.Pong)),
            5 => ("SERVER_ERROR out of memory\r\n", new Reply(ReplyCode.Refused, Refusal: "out of memory")),
            _ => ("NF\r\n", new Reply(ReplyCode.Absent)),
        };
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,18})\|", RegexOptions.Singleline)]
    private static partial Regex VersionedForm();
}
