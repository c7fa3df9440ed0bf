using TreasureHunt.Cli.Replays;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The error message of <c>./hunt replay</c> after a finished replay.</summary>
public class ReplayStatusSpecs
{
    [Theory]
    [InlineData(false, 0, 0, false, null)]
    [InlineData(true, 5, 0, true, null)]
    [InlineData(true, 0, 0, true, "hunts: no key was compared, so nothing is proved.")]
    [InlineData(false, 0, 0, true, "hunts: no key was compared, so nothing is proved.")]
    [InlineData(true, 5, 2, true, "hunts: the live generation differs from the event store.")]
    [InlineData(false, 5, 2, true, null)]
    public void A_comparison_of_no_keys_is_an_error(bool dryRun, long compared, long differences, bool comparison, string? expected) =>
        Assert.Equal(
            expected,
            new ReplayStatus(Guid.Empty, "hunts", "replay", 2, "done", dryRun, 9, 9, 9, 9, 1, 0, compared, differences).Failure(
                comparison));
}
