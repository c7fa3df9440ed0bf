using TreasureHunt.Faults.Checking;
using Xunit;
using static TreasureHunt.Specs.Faults.CorrectEvidence;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>The rule for dead letters.</summary>
public class ErrorQueueRuleSpecs
{
    [Fact]
    public void A_malformed_message_that_is_not_in_the_error_queue_is_a_violation() =>
        Assert.Equal([(11, ErrorQueueRule.Missing)], Names(Sound with { ErrorQueue = ["{", "[]"] }));

    [Fact]
    public void A_valid_message_in_the_error_queue_is_a_violation() =>
        Assert.Equal([(11, ErrorQueueRule.Stray)], Names(Sound with { ErrorQueue = [.. Sound.ErrorQueue, "{}"] }));

    [Fact]
    public void A_doubtful_message_is_dead_lettered_at_most_as_often_as_it_was_sent()
    {
        Assert.Empty(Names(Sound with { Doubtful = ["7"] }));
        Assert.Empty(Names(Sound with { Doubtful = ["7"], ErrorQueue = [.. Sound.ErrorQueue, "7"] }));
        Assert.Equal([(11, ErrorQueueRule.Stray)], Names(Sound with { Doubtful = ["7"], ErrorQueue = [.. Sound.ErrorQueue, "7", "7"] }));
    }
}
