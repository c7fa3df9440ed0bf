using TreasureHunt.Faults.Catalogue;
using TreasureHunt.Faults.Servers;
using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>Faults that judge what callers were told: none holds because nobody called, or nobody answered.</summary>
public static class JudgingSpecs
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public static void Overload_holds_when_some_are_let_in_and_some_turned_away() =>
        Assert.Empty(LoadFaults.Judge(Told((200, 10), (429, 10)), Told((202, 10))));

    [Fact]
    public static void Overload_that_turns_nobody_away_is_none() =>
        Assert.Equal([0], LoadFaults.Judge(Told((200, 10)), Told((202, 10))).Select(violation => violation.Invariant));

    [Fact]
    public static void Overload_that_lets_nobody_in_is_broken()
    {
        Assert.NotEmpty(LoadFaults.Judge(Told((429, 10)), Told((202, 10))));
        Assert.NotEmpty(LoadFaults.Judge(Told((200, 10), (429, 10)), Told()));
        Assert.NotEmpty(LoadFaults.Judge(Told(), Told()));
    }

    [Fact]
    public static void A_greedy_source_holds_when_others_are_served() =>
        Assert.Empty(HostileFaults.JudgeGreedy(500, Told((200, 90), (202, 10)), Told((200, 100))));

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    public static void A_greedy_source_that_has_nothing_open_has_shown_nothing(int open) =>
        Assert.Equal([0], HostileFaults.JudgeGreedy(open, Told((200, 100)), Told((200, 100))).Select(violation => violation.Invariant));

    [Theory]
    [InlineData(0)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(503)]
    public static void A_greedy_source_that_takes_the_places_of_others_is_broken(int status)
    {
        Assert.NotEmpty(HostileFaults.JudgeGreedy(500, Told((200, 90), (status, 10)), Told((200, 100))));
        Assert.NotEmpty(HostileFaults.JudgeGreedy(500, Told((status, 100)), Told((200, 100))));
    }

    [Fact]
    public static void A_greedy_source_without_others_has_shown_nothing()
    {
        Assert.NotEmpty(HostileFaults.JudgeGreedy(500, Told(), Told((200, 100))));
        Assert.NotEmpty(HostileFaults.JudgeGreedy(500, Told((200, 100)), Told()));
    }

    [Fact]
    public static void Hostile_input_must_be_answered_as_often_as_is_due()
    {
        Assert.Empty(HostileFaults.JudgeHostile(20_000, [], 2_000, Minute));
        Assert.NotEmpty(HostileFaults.JudgeHostile(19_999, [], 2_000, Minute));
        Assert.NotEmpty(HostileFaults.JudgeHostile(20_000, [], 1_999, Minute));
        Assert.NotEmpty(HostileFaults.JudgeHostile(20_000, ["500 for GET /"], 2_000, Minute));
    }

    [Fact]
    public static void Hostile_input_beside_no_honest_claims_has_shown_nothing()
    {
        Assert.Empty(HostileFaults.JudgeHonest(Told((200, 120_000)), Minute));
        Assert.NotEmpty(HostileFaults.JudgeHonest(Told(), Minute));
        Assert.NotEmpty(HostileFaults.JudgeHonest(Told((200, 120_000), (503, 1)), Minute));
    }

    [Fact]
    public static void A_process_that_nobody_saw_is_not_known_to_hold_no_more()
    {
        Assert.Empty(Growth.Judge(new Dictionary<string, List<long>> { ["api-1"] = [1, 2, 1, 2] }, "spec"));
        Assert.NotEmpty(Growth.Judge(new Dictionary<string, List<long>> { ["api-1"] = [1, 2, 0, 0] }, "spec"));
        Assert.NotEmpty(Growth.Judge(new Dictionary<string, List<long>> { ["api-1"] = [1] }, "spec"));
    }

    // Of each status so many, half of them reads; each took a millisecond.
    private static CallTally Told(params (int Status, int Count)[] answers)
    {
        var tally = new CallTally(1);
        foreach (var (status, count) in answers)
        {
            for (var n = 0; n < count; n++)
            {
                tally.Take(new HttpReply(status, default), 0, claims: n % 2 == 0, TimeSpan.FromMilliseconds(1));
            }
        }

        return tally;
    }
}
