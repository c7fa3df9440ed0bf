using System.Text;
using CsCheck;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.ReadModels;

public sealed class VersionedValueSpecs
{
    [Fact]
    public void The_storage_format_is_sequence_bar_json() =>
        Assert.Equal("4711|{\"stock\":5}"u8, new VersionedValue(4711, "{\"stock\":5}"u8.ToArray()).ToBytes());

    [Fact]
    public void A_written_value_is_read_back() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Gen.Byte.Array).Sample((sequence, json) =>
        {
            var read = VersionedValue.Parse(new VersionedValue(sequence, json).ToBytes());
            return read.Sequence == sequence && read.Json.Span.SequenceEqual(json);
        });

    [Fact]
    public void Only_the_first_bar_separates() => Assert.Equal("a|b"u8, VersionedValue.Parse("1|a|b"u8.ToArray()).Json.Span);

    [Theory]
    [InlineData("0|{}", 0)]
    [InlineData("9223372036854775807|", long.MaxValue)]
    public void The_ends_of_the_range_are_read(string text, long sequence) =>
        Assert.Equal(sequence, VersionedValue.Parse(Bytes(text)).Sequence);

    [Theory]
    [InlineData("")]
    [InlineData("|{}")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("-7|{}")]
    [InlineData("+7|{}")]
    [InlineData("07|{}")]
    [InlineData(" 7|{}")]
    [InlineData("7 |{}")]
    [InlineData("9223372036854775808|{}")]
    [InlineData("99999999999999999999|{}")]
    public void Any_other_text_is_invalid(string text)
    {
        Assert.False(VersionedValue.TryParse(Bytes(text), out _));
        Assert.Throws<FormatException>(() => VersionedValue.Parse(Bytes(text)));
    }

    [Fact]
    public void A_negative_sequence_cannot_be_written() =>
        Assert.Throws<InvalidOperationException>(() => new VersionedValue(-1, default).ToBytes());

    private static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
