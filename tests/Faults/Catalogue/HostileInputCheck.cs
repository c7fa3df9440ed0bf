using TreasureHunt.Faults.Checking;
using TreasureHunt.LoadGenerator.Measuring;

namespace TreasureHunt.Faults.Catalogue;

/// <summary>Checks the answers to honest and hostile callers during hostile input.</summary>
internal static class HostileInputCheck
{
    /// <summary>Honest claims a second.</summary>
    public const double HonestRate = 1_000;

    /// <summary>Hostile requests that must be answered in <see cref="DefaultDuration"/>.</summary>
    public const double MinAnswered = 200_000;

    /// <summary>Hostile messages that the broker must accept in <see cref="DefaultDuration"/>.</summary>
    public const double MinMessages = 20_000;

    public static readonly TimeSpan DefaultDuration = TimeSpan.FromMinutes(10);

    /// <summary>Time in which each honest claim must be decided, repeated attempts included.</summary>
    public static readonly TimeSpan MaxDecisionTime = TimeSpan.FromSeconds(5);

    /// <summary>Share of the honest claims that must be answered. The answers to the last ones may come after the run.</summary>
    private const double MinAnsweredShare = 0.9;

    public static IEnumerable<Violation> FindHonestViolations(CallTally honest, TimeSpan duration)
    {
        if (honest.Claims.Count < MinAnsweredShare * HonestRate * duration.TotalSeconds)
        {
            yield return new Violation(
                0, "faultWithoutEffect", $"{honest.Claims.Count} honest claims are too few for {duration.TotalMinutes} minutes");
        }

        if (honest.Statuses.Keys.Any(status => status != 200))
        {
            yield return new Violation(1, "hostileInput", $"not every honest claim was decided: {StatusCounts.Format(honest.Statuses)}");
        }

        if (honest.Claims.Max > MaxDecisionTime.TotalMilliseconds)
        {
            yield return new Violation(13, "hostileInput", $"an honest claim took {honest.Claims.Max:0} ms");
        }
    }

    public static IEnumerable<Violation> FindHostileViolations(
        long answered, IEnumerable<string> serverErrors, int messages, TimeSpan duration)
    {
        foreach (var error in serverErrors)
        {
            yield return new Violation(12, "serverError", error);
        }

        var share = duration / DefaultDuration;
        if (answered < MinAnswered * share || messages < MinMessages * share)
        {
            yield return new Violation(
                0, "faultWithoutEffect",
                $"{answered} answered requests and {messages} accepted messages are too few for {duration.TotalMinutes} minutes");
        }
    }
}
