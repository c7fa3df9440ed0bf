using TreasureHunt.Load;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;
using Xunit;

namespace TreasureHunt.Specs.Load;

/// <summary>The figures of a run of <c>./hunt bench</c>.</summary>
public class MeasuredRunSpecs
{
    [Fact]
    public void Counters_of_the_servers_are_divided_by_the_answers()
    {
        var caller = new CallTally(1);
        for (var claim = 0; claim < 4; claim++)
        {
            caller.Record(new HttpReply(200, """{"outcome":"won"}"""u8.ToArray()), 0, claims: true, TimeSpan.FromMilliseconds(1));
        }

        caller.Record(new HttpReply(429, Array.Empty<byte>()), 0, claims: true, TimeSpan.FromMilliseconds(1));
        var run = MeasuredRun.Of(
            Scenarios.Fifty, null, CallTally.Sum([caller], TimeSpan.FromSeconds(1)), 0, new Dictionary<string, ProcessUse>(),
            new Dictionary<string, double> { ["transactions"] = 1, ["lock commands"] = 12 });

        Assert.Equal(0.25, run.CountedPerAnswer!["transactions"]);
        Assert.Equal(3, run.CountedPerAnswer["lock commands"]);
    }
}
