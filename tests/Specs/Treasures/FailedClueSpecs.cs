using TreasureHunt.Commands.Clues;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Treasures;

/// <summary>A clue that cannot be revealed is retried with growing pauses.</summary>
public class FailedClueSpecs
{
    private static readonly Guid Clue = Guid.Parse("7d2f5f5e-0000-4000-8000-000000000001");
    private static readonly DateTimeOffset Noon = At("12:00");

    private readonly FailedClues _failed = new();

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(5000, 30)]
    public void The_pause_doubles_up_to_thirty_seconds(int failures, int seconds)
    {
        for (var n = 0; n < failures; n++)
        {
            _failed.Add(Clue, Noon);
        }

        Assert.Equal([Clue], _failed.Waiting(Noon.AddSeconds(seconds).AddTicks(-1)));
        Assert.Empty(_failed.Waiting(Noon.AddSeconds(seconds)));
    }

    [Fact]
    public void Only_the_first_failure_is_reported() => Assert.Equal((true, false), (_failed.Add(Clue, Noon), _failed.Add(Clue, Noon)));

    [Fact]
    public void A_clue_that_is_no_longer_due_is_removed_after_its_pause()
    {
        _failed.Add(Clue, Noon);
        _failed.RemoveNoLongerDue([], Noon);
        Assert.Equal([Clue], _failed.All);

        _failed.RemoveNoLongerDue([Clue], Noon.AddMinutes(1));
        Assert.Equal([Clue], _failed.All);

        _failed.RemoveNoLongerDue([], Noon.AddMinutes(1));
        Assert.Empty(_failed.All);
    }
}
