using TreasureHunt.Faults.Suites;
using TreasureHunt.Faults.Trials;
using TreasureHunt.Load;
using Xunit;

namespace TreasureHunt.Specs.Faults;

public static class SteadySpecs
{
    private const double Growth = 1.1;
    private const double Slack = 16;

    [Fact]
    public static void What_is_never_given_back_grows() => Assert.False(Of(Enumerable.Range(0, 120).Select(n => 200.0 + n)).Held);

    [Fact]
    public static void What_comes_and_goes_does_not_grow() =>
        Assert.True(Of(Enumerable.Range(0, 120).Select(n => 200.0 + (n % 10 * n))).Held);

    [Fact]
    public static void A_little_is_nothing() => Assert.True(Of([200, 200, 200, (200 * Growth) + Slack]).Held);

    [Fact]
    public static void What_holds_what_was_claimed_may_grow() =>
        Assert.True(Steady.Of("memcached MiB", [1, 10, 100, 1000], Growth, Slack, mayGrow: true).Held);

    [Fact]
    public static void Each_quarter_tells_its_least()
    {
        var steady = Of([5, 4, 9, 8, 3, 7, 6, 2]);

        Assert.Equal([4, 8, 3, 2], steady.Least);
        Assert.Equal(9, steady.Most);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public static void Fewer_looks_than_quarters_tell_nothing(int looks)
    {
        Assert.False(Of(Enumerable.Repeat(7.0, looks)).Held);
        Assert.False(Steady.Of("memcached MiB", [.. Enumerable.Repeat(7.0, looks)], Growth, Slack, mayGrow: true).Held);
    }

    [Theory]
    [InlineData(200, 30_000, null)]
    [InlineData(200, 24_000, "minute 3: 400 claims/s were decided, and must be 500; 0 answers were 5xx, and none may be")]
    [InlineData(202, 60_000, "minute 3: 0 claims/s were decided, and must be 500; 0 answers were 5xx, and none may be")]
    [InlineData(503, 1, "minute 3: 0 claims/s were decided, and must be 500; 1 answers were 5xx, and none may be")]
    public static void A_minute_with_few_outcomes_or_failures_is_no_load(int status, int answers, string? complaint)
    {
        var told = new CallTally(1);
        for (var n = 0; n < answers; n++)
        {
            told.Take(new HttpReply(status, "{\"outcome\":\"won\"}"u8.ToArray()), 0, claims: true, TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(complaint, Soak.ComplaintOf(3, told, TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("15")]
    [InlineData("--short")]
    [InlineData("--seed", "7")]
    [InlineData("--minutes", "2")]
    public static void A_soak_takes_no_words_that_it_would_not_heed(params string[] words) =>
        Assert.Contains(
            SuiteCommand.Create().Parse(["--soak", "1", .. words]).Errors,
            error => error.Message.StartsWith("--soak goes with --json only", StringComparison.Ordinal));

    [Fact]
    public static void A_soak_alone_is_taken() => Assert.Empty(SuiteCommand.Create().Parse(["--soak", "1", "--json", "soak.json"]).Errors);

    private static Steady Of(IEnumerable<double> series) => Steady.Of("api-1 MiB", [.. series], Growth, Slack, mayGrow: false);
}
