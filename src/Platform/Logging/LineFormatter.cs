using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace TreasureHunt.Platform.Logging;

/// <summary>
/// One line for each entry: UTC date and time, level, category, message, exception, trace id. Control characters become spaces: text from
/// a caller can neither start a line nor control the reader's terminal.
/// </summary>
public sealed class LineFormatter(TimeProvider timeProvider) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "plain";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter?.Invoke(logEntry.State, logEntry.Exception);
        if (message is null && logEntry.Exception is null)
        {
            return;
        }

        textWriter.Write(timeProvider.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write(' ');
        textWriter.Write(LevelName(logEntry.LogLevel));
        textWriter.Write(": ");
        textWriter.Write(logEntry.Category);
        textWriter.Write(' ');
        WriteClean(textWriter, message);
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            WriteClean(textWriter, exception.ToString());
        }

        if (Activity.Current is { } activity)
        {
            textWriter.Write(" traceId=");
            textWriter.Write(activity.TraceId.ToHexString());
        }

        textWriter.Write(Environment.NewLine);
    }

    private static void WriteClean(TextWriter writer, string? text)
    {
        foreach (var character in text ?? "")
        {
            writer.Write(IsPlain(character) ? character : ' ');
        }
    }

    // Characters that change the text direction, and line separators, are not in the category of control characters.
    private static bool IsPlain(char character) => char.GetUnicodeCategory(character)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string LevelName(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
