using System.Globalization;
using Microsoft.Extensions.Primitives;
using TreasureHunt.Api.Http;

namespace TreasureHunt.Api.Claims;

/// <summary>The header by which a caller waits for an outcome: <c>Prefer: wait=n</c> (RFC 7240).</summary>
/// <remarks>
/// The edge proxy parses the same header by the same rules and chooses the pool (deploy/haproxy/haproxy.cfg, <c>acl waits</c>). A caller
/// that is not in a pool for waiting callers does not wait, whatever the header says.
/// </remarks>
public static class PreferWaitHeader
{
    /// <summary>A request with more lines of this header has no preference.</summary>
    public const int MaxLines = 4;

    /// <summary>The longest wait in seconds. A longer one is shortened to it.</summary>
    public const int MaxSeconds = 30;

    private const string Whitespace = " \t";

    /// <summary>How long the response may wait for the outcome; zero when the caller does not wait.</summary>
    public static TimeSpan WaitOf(HttpRequest request) =>
        EdgePool.MayWait(request) ? Parse(request.Headers[RequestHeader.Wait.Name]) : TimeSpan.Zero;

    /// <summary>Reports in the response that the preference is applied.</summary>
    public static void Apply(HttpContext http, TimeSpan wait) =>
        http.Response.Headers["Preference-Applied"] = $"wait={wait.TotalSeconds:0}";

    /// <summary>
    /// The first preference named <c>wait</c>, 0 to 30 seconds. Zero when there is none, when its value is not a number of seconds, or
    /// when a quoted string before or in it does not end. Several lines are joined with commas (RFC 9110, section 5.3).
    /// </summary>
    public static TimeSpan Parse(StringValues lines)
    {
        if (lines.Count is 0 or > MaxLines)
        {
            return TimeSpan.Zero;
        }

        ReadOnlySpan<char> rest = lines.Count == 1 ? lines[0] : string.Join(',', lines.ToArray());
        for (var isLast = false; !isLast;)
        {
            if (EndOfPreference(rest) is not { } end)
            {
                return TimeSpan.Zero;
            }

            var preference = rest[..end];
            isLast = end == rest.Length;
            rest = isLast ? [] : rest[(end + 1)..];
            if (IsWait(preference, out var value))
            {
                return TimeSpan.FromSeconds(Seconds(value));
            }
        }

        return TimeSpan.Zero;
    }

    /// <summary>
    /// The end of the first preference: a comma outside quotes, or the end of the text; null when a quoted string does not end.
    /// </summary>
    private static int? EndOfPreference(ReadOnlySpan<char> text)
    {
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case ',' when !isQuoted:
                    return i;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\\' when isQuoted:
                    i++;
                    break;
            }
        }

        return isQuoted ? null : text.Length;
    }

    /// <param name="value">The text after the equals sign, with the parameters; empty when there is none.</param>
    private static bool IsWait(ReadOnlySpan<char> preference, out ReadOnlySpan<char> value)
    {
        var end = preference.IndexOfAny('=', ';');
        var name = end < 0 ? preference : preference[..end];
        value = end >= 0 && preference[end] == '=' ? preference[(end + 1)..] : [];
        return name.Trim(Whitespace).Equals("wait", StringComparison.OrdinalIgnoreCase);
    }

    private static int Seconds(ReadOnlySpan<char> value)
    {
        value = value.TrimStart(Whitespace);
        var isQuoted = value.StartsWith('"');
        value = isQuoted ? value[1..] : value;
        var length = value.IndexOfAnyExceptInRange('0', '9') is >= 0 and var first ? first : value.Length;
        var digits = value[..length].TrimStart('0');
        var after = value[length..];
        if (isQuoted && !after.StartsWith('"'))
        {
            return 0;
        }

        after = (isQuoted ? after[1..] : after).TrimStart(Whitespace);
        return after.Length > 0 && after[0] != ';' ? 0
            : digits.Length > 2 ? MaxSeconds
            : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, MaxSeconds)
            : 0;
    }
}
