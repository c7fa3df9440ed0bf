using CsCheck;
using TreasureHunt.Faults.Checking;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>The rule that trusts the log's order and the search that tries all orders come to the same verdict.</summary>
public class CounterProperties
{
    /// <summary>A claim's send, how long its answer took (8 and more: it never came), and where between the two it was decided.</summary>
    private static readonly Gen<(int Sent, int Took, double Decided)> Claims = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 9], Gen.Double[0, 1]);

    private static readonly Gen<TurnedAway[]> Doors = Gen.Select(Gen.Int[0, 16], Gen.Int[0, 6])
        .Select(times => new TurnedAway(Second(times.Item1), Second(times.Item1 + times.Item2)))
        .Array[0, 3];

    /// <summary>What goes wrong: nothing, two claims of the log changed places, or one became another kind.</summary>
    private static readonly Gen<(int What, int Where)> Faults = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100]);

    [Fact]
    public void The_rule_agrees_with_an_exhaustive_search()
    {
        var (sound, broken) = (0, 0);
        Gen.Select(Gen.Int[1, 3], Claims.Array[1, 6], Doors, Faults).Sample((stock, claims, doors, fault) =>
        {
            var log = Break(Log(stock, claims), fault);
            var violations = Counter.Check(log, doors).ToList();

            _ = violations.Count == 0 ? Interlocked.Increment(ref sound) : Interlocked.Increment(ref broken);
            Assert.Equal(new Search(log, doors).Finds(), violations.Count == 0);
        }, iter: 20_000);

        // So that the agreement means something.
        Assert.True(sound > 1000 && broken > 1000, $"{sound} sound, {broken} broken");
    }

    /// <summary>A log as a counter writes it.</summary>
    private static List<TreasureStep> Log(int stock, (int Sent, int Took, double Decided)[] claims)
    {
        // Hidden before anybody came.
        List<TreasureStep> log = [new TreasureStep(stock, false, new ClaimTimes(TimeSpan.MinValue, TimeSpan.MinValue))];
        foreach (var (claim, n) in claims.OrderBy(claim => claim.Sent + (claim.Decided * claim.Took)).Select((claim, n) => (claim, n)))
        {
            var told = claim.Took < 8 ? Second(claim.Sent + claim.Took) : TimeSpan.MaxValue;
            log.Add(new TreasureStep(n < stock ? -1 : 0, n >= stock, new ClaimTimes(Second(claim.Sent), told)));
        }

        return log;
    }

    private static List<TreasureStep> Break(List<TreasureStep> log, (int What, int Where) fault)
    {
        var (one, other) = (1 + (fault.Where % (log.Count - 1)), 1 + (fault.Where / 7 % (log.Count - 1)));
        switch (fault.What)
        {
            case 1:
                (log[one], log[other]) = (log[other], log[one]);
                break;
            case 2:
                log[one] = log[one] with { Units = -1, Exhausted = false };
                break;
            case 3:
                log[one] = log[one] with { Units = 0, Exhausted = fault.Where % 2 == 0 };
                break;
        }

        return log;
    }

    private static TimeSpan Second(int second) => TimeSpan.FromSeconds(second);
}
