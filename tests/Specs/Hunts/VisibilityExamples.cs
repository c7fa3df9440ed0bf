using System.Globalization;
using TreasureHunt.Contracts;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Hunts;

/// <summary>A hunt from 18:00 to 20:00, and the times from which it is public.</summary>
internal static class VisibilityExamples
{
    public static readonly HuntWindow Draft = new(false, At("18:00"), At("20:00"), []);
    public static readonly HuntWindow Announced = Draft with { AnnounceAt = At("16:00") };

    /// <summary>
    /// The first minutes at which the hunt and its treasures are public, or "never". They stay public from then on.
    /// </summary>
    public static (string Hunt, string Treasures) FirstPublicTimes(HuntWindow window) =>
        (First(window.IsPublicAt), First(window.HasOpenedAt));

    private static string First(Func<DateTimeOffset, bool> isPublic)
    {
        var minutes = Enumerable.Range(0, 24 * 60).Select(minute => At("00:00").AddMinutes(minute)).ToList();
        var first = minutes.FindIndex(at => isPublic(at));
        Assert.All(minutes.Skip(first < 0 ? minutes.Count : first), at => Assert.True(isPublic(at)));
        return first < 0 ? "never" : minutes[first].ToString("HH:mm", CultureInfo.InvariantCulture);
    }
}
