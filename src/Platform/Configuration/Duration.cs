using System.Globalization;
using System.Text.RegularExpressions;

namespace TreasureHunt.Platform.Configuration;

/// <summary>
/// Durations in settings: <c>250ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>, <c>hh:mm:ss</c> or <c>d.hh:mm:ss</c>.
/// </summary>
/// <remarks>A bare number is invalid: <see cref="TimeSpan.Parse(string)"/> reads <c>300</c> as 300 days, but users mean seconds.</remarks>
public static partial class Duration
{
    /// <summary>The format, for error messages.</summary>
    public const string Description = "a duration such as 250ms, 30s, 5m, 2h, 7d or 00:05:00";

    private static readonly TimeSpan Max = TimeSpan.FromDays(10_000);

    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads a duration of at most 10,000 days; false for any other text, such as a bare or negative number.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (WithUnit().Match(text) is { Success: true } match)
        {
            var unit = Units.First(unit => unit.Unit == match.Groups["unit"].Value);
            var amount = decimal.Parse(match.Groups["amount"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            duration = TimeSpan.FromTicks((long)Math.Min(amount * unit.Ticks, long.MaxValue));
        }
        else if (!Clock().IsMatch(text) || !TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration))
        {
            return false;
        }

        return duration <= Max;
    }

    /// <summary>The shortest form that <see cref="TryParse"/> reads back as the same duration.</summary>
    public static string Format(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero)
        {
            return "0s";
        }

        foreach (var (unit, ticks) in Units)
        {
            if (duration.Ticks % ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks}{unit}");
            }
        }

        return duration.ToString("c", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether it is a number without a unit.</summary>
    internal static bool IsBareNumber(string text) => BareNumber().IsMatch(text);

    [GeneratedRegex(@"\A(?<amount>[0-9]{1,12}(\.[0-9]{1,6})?)(?<unit>ms|s|m|h|d)\z")]
    private static partial Regex WithUnit();

    [GeneratedRegex(@"\A([0-9]{1,5}\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?\z")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\A[0-9]{1,12}\z")]
    private static partial Regex BareNumber();
}
