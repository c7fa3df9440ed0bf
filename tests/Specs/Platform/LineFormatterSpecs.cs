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
    public void What_a_caller_sent_cannot_begin_a_line_or_reach_the_terminal() =>
        Assert.EndsWith(" a [2J b c d  e" + Environment.NewLine, Line("a\u001b[2J\rb\nc\u202ed\u009b\u2028e"), StringComparison.Ordinal);

    [Fact]
    public void An_exception_stays_on_the_line() =>
        Assert.Contains(
            "It failed System.InvalidOperationException: two lines", Line("It failed", new InvalidOperationException("two\nlines")),
            StringComparison.Ordinal);

    [Fact]
    public void The_trace_can_be_found()
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
