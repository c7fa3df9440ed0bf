using System.Globalization;

namespace TreasureHunt.Specs;

/// <summary>Fixed times for specs, all on 23 November 2026 in UTC.</summary>
internal static class TestClock
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A time of that day, as <c>18:00</c> or <c>18:00:00.041</c>.</summary>
    public static DateTimeOffset At(string clock) => Midnight + TimeSpan.Parse(clock, CultureInfo.InvariantCulture);
}
