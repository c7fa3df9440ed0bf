using TreasureHunt.Cli.Replays;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>When <c>./hunt replay</c> is no success although the replay came to its end.</summary>
public class ReplayComplaintSpecs
{
    [Theory]
    [InlineData(false, 0, 0, false, null)]
    [InlineData(true, 5, 0, true, null)]
    [InlineData(true, 0, 0, true, "hunts: no key was compared, so nothing is shown.")]
    [InlineData(false, 0, 0, true, "hunts: no key was compared, so nothing is shown.")]
    [InlineData(true, 5, 2, true, "hunts: the live generation differs from the event store.")]
    [InlineData(false, 5, 2, true, null)]
    public void A_comparison_of_nothing_shows_nothing(bool dryRun, long compared, long differences, bool comparison, string? complaint) =>
        Assert.Equal(
            complaint,
            new ReplayStatus(Guid.Empty, "hunts", "replay", 2, "done", dryRun, 9, 9, 9, 9, 1, 0, compared, differences).Complaint(
                comparison));
}
