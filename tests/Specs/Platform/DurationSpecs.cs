using System.Globalization;
using CsCheck;
using TreasureHunt.Platform.Configuration;
using Xunit;

namespace TreasureHunt.Specs.Platform;

/// <summary>The format of durations in settings.</summary>
public class DurationSpecs
{
    [Theory]
    [InlineData("250ms", "00:00:00.2500000")]
    [InlineData("30s", "00:00:30")]
    [InlineData("0s", "00:00:00")]
    [InlineData("5m", "00:05:00")]
    [InlineData("1.5h", "01:30:00")]
    [InlineData("7d", "7.00:00:00")]
    [InlineData("00:05:00", "00:05:00")]
    [InlineData("23:59:59.5", "23:59:59.5000000")]
    [InlineData("2.01:00:00", "2.01:00:00")]
    public void A_duration_has_a_unit_or_the_format_of_a_time_span(string text, string duration)
    {
        Assert.True(Duration.TryParse(text, out var parsed));
        Assert.Equal(duration, parsed.ToString("c", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("300")]
    [InlineData("0")]
    [InlineData("24:00:00")]
    [InlineData("72:00:00")]
    [InlineData("00:60:00")]
    [InlineData("5:00")]
    [InlineData("1,5h")]
    [InlineData("-5m")]
    [InlineData("+5m")]
    [InlineData("5 m")]
    [InlineData(" 5m")]
    [InlineData("5M")]
    [InlineData("5min")]
    [InlineData("1e3s")]
    [InlineData(".5s")]
    [InlineData("10001d")]
    [InlineData("999999999999d")]
    [InlineData("٣s")]
    [InlineData("5m\n")]
    [InlineData("")]
    public void Any_other_text_is_refused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void A_formatted_duration_is_parsed_back() => Gen.Long[0, TimeSpan.FromDays(10_000).Ticks].Sample(ticks =>
        Duration.TryParse(Duration.Format(TimeSpan.FromTicks(ticks)), out var parsed) && parsed.Ticks == ticks);
}
