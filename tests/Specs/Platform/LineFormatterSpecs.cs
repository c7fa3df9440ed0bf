using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TreasureHunt.Platform.Logging;
using TreasureHunt.Specs.Memcached;
using Xunit;

namespace TreasureHunt.Specs.Platform;

public class LineFormatterSpecs
{
    [Fact]
    public void A_line_has_date_level_category_and_message() =>
        Assert.Equal("1970-01-01T00:00:00.000Z warn: Some.Category It happened" + Environment.NewLine, Line("It happened"));

    [Fact]
    public void Line_breaks_and_control_characters_are_replaced() =>
        Assert.EndsWith(" a [2J b c d  e" + Environment.NewLine, Line("a\u001b[2J\rb\nc\u202ed\u009b\u2028e"), StringComparison.Ordinal);

    [Fact]
    public void An_exception_is_written_on_the_same_line() =>
        Assert.Contains(
            "It failed System.InvalidOperationException: two lines", Line("It failed", new InvalidOperationException("two\nlines")),
            StringComparison.Ordinal);

    [Fact]
    public void A_line_contains_the_trace_id()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();

        Assert.EndsWith($" traceId={activity.TraceId}{Environment.NewLine}", Line("x"), StringComparison.Ordinal);
    }

    private static string Line(string message, Exception? exception = null)
    {
        using var writer = new StringWriter();
        new LineFormatter(new ManualTime()).Write(
            new LogEntry<string>(LogLevel.Warning, "Some.Category", default, message, exception, (state, _) => state), null, writer);
        return writer.ToString();
    }
}
