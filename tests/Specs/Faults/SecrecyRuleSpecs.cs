using TreasureHunt.Faults.Checking;
using Xunit;
using static TreasureHunt.Specs.Faults.CorrectEvidence;
using static TreasureHunt.Specs.Faults.FabricatedRun;

namespace TreasureHunt.Specs.Faults;

/// <summary>The rule for secrets in responses and logs.</summary>
public class SecrecyRuleSpecs
{
    [Fact]
    public void A_secret_in_a_response_is_a_violation_that_does_not_repeat_it()
    {
        var run = OfASale().Claims("alice", "goose", 1, 2, 400, """{"title":"Not open-sesame."}""");

        var violation = Assert.Single(Checker.Check(run.Evidence with { Secrets = Sound.Secrets }));
        Assert.Equal((14, SecrecyRule.Secret), (violation.Invariant, violation.Name));
        Assert.DoesNotContain("open-sesame", violation.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_in_a_log_line_is_a_violation() =>
        Assert.Equal([(14, SecrecyRule.Secret)], Names(Sound with { Output = ["fail: Bearer eyJhbGciOi.e30.x"] }));

    [Fact]
    public void A_player_id_that_begins_with_another_player_id_is_a_different_player() =>
        Assert.Empty(OfASale().Wins("player-1", "hen", 1, 2).Wins("player-10", "hen", 1, 2).Check());
}
