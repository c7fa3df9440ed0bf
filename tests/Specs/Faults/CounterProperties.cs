using CsCheck;
using TreasureHunt.Faults.Checking;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>The rule that uses the recorded order agrees with a search through all orders.</summary>
public class CounterProperties
{
    /// <summary>
    /// The send time of a claim, the seconds to its response (8 and more: none), and the fraction of that time at its decision.
    /// </summary>
    private static readonly Gen<(int Sent, int Took, double Decided)> Claims = Gen.Select(Gen.Int[0, 12], Gen.Int[0, 9], Gen.Double[0, 1]);

    private static readonly Gen<RejectedCall[]> RefusalsByApi = Gen.Select(Gen.Int[0, 16], Gen.Int[0, 6])
        .Select(times => new RejectedCall(Second(times.Item1), Second(times.Item1 + times.Item2)))
        .Array[0, 3];

    /// <summary>A defect of the recorded steps: none, two steps swapped, or one step changed.</summary>
    private static readonly Gen<(int What, int Where)> Defects = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 100]);

    [Fact]
    public void The_rule_agrees_with_an_exhaustive_search()
    {
        var (sound, broken) = (0, 0);
        Gen.Select(Gen.Int[1, 3], Claims.Array[1, 6], RefusalsByApi, Defects).Sample((stock, claims, refusals, defect) =>
        {
            var steps = Break(Log(stock, claims), defect);
            var violations = Counter.Check(steps, refusals).ToList();

            _ = violations.Count == 0 ? Interlocked.Increment(ref sound) : Interlocked.Increment(ref broken);
            Assert.Equal(new LinearizationSearch(steps, refusals).HasOrder(), violations.Count == 0);
        }, iter: 20_000);

        // Both results must be frequent.
        Assert.True(sound > 1000 && broken > 1000, $"{sound} sound, {broken} broken");
    }

    /// <summary>The steps of a correct counter.</summary>
    private static List<TreasureStep> Log(int stock, (int Sent, int Took, double Decided)[] claims)
    {
        // The treasure is hidden before the first claim.
        List<TreasureStep> steps = [new TreasureStep(stock, false, new ClaimTimes(TimeSpan.MinValue, TimeSpan.MinValue))];
        foreach (var (claim, n) in claims.OrderBy(claim => claim.Sent + (claim.Decided * claim.Took)).Select((claim, n) => (claim, n)))
        {
            var responded = claim.Took < 8 ? Second(claim.Sent + claim.Took) : TimeSpan.MaxValue;
            steps.Add(new TreasureStep(n < stock ? -1 : 0, n >= stock, new ClaimTimes(Second(claim.Sent), responded)));
        }

        return steps;
    }

    private static List<TreasureStep> Break(List<TreasureStep> steps, (int What, int Where) defect)
    {
        var (one, other) = (1 + (defect.Where % (steps.Count - 1)), 1 + (defect.Where / 7 % (steps.Count - 1)));
        switch (defect.What)
        {
            case 1:
                (steps[one], steps[other]) = (steps[other], steps[one]);
                break;
            case 2:
                steps[one] = steps[one] with { Units = -1, Exhausted = false };
                break;
            case 3:
                steps[one] = steps[one] with { Units = 0, Exhausted = defect.Where % 2 == 0 };
                break;
        }

        return steps;
    }

    private static TimeSpan Second(int second) => TimeSpan.FromSeconds(second);
}
