namespace TreasureHunt.Faults.Trials;

/// <summary>A fault that the suite injects while players claim.</summary>
/// <param name="Number">The number in docs/results/faults.md.</param>
/// <param name="Name">The name on the command line.</param>
/// <param name="Expected">The effect that callers may notice.</param>
public sealed record Fault(int Number, string Name, string Expected)
{
    /// <summary>The line of <c>./hunt faults --list</c>, which prints it from deploy/local/help.</summary>
    public string ListLine => $"{Number,2} {Name,-26} {Expected}";

    /// <summary>Time from the injection to the healing.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The duration with <c>--short</c>. Null: the duration is the same, and the fault is not in the short set.</summary>
    public TimeSpan? ShortDuration { get; init; }

    /// <summary>Whether the fault has a short duration but takes too long for the short set.</summary>
    public bool IsExcludedFromShortSet { get; init; }

    /// <summary>Whether <c>--minutes</c> sets the duration.</summary>
    public bool HasAdjustableDuration { get; init; }

    /// <summary>
    /// Whether the marks of pending claims may be lost or unreadable. An accepted claim may then be unknown until it is decided.
    /// </summary>
    public bool LosesPendingMarks { get; init; }

    /// <summary>Runs before the load, for example to connect hosts through a proxy.</summary>
    public Func<FaultScenario, Task>? Prepare { get; init; }

    /// <summary>Injects the fault and returns the observed effect. Throws when the fault had no effect.</summary>
    public required Func<FaultScenario, Task<string>> Inject { get; init; }

    /// <summary>Heals the fault; null when it heals without help.</summary>
    public Func<FaultScenario, Task>? Heal { get; init; }

    /// <summary>Runs after the load, for example to give hosts the set's settings again.</summary>
    public Func<FaultScenario, Task>? Restore { get; init; }

    /// <summary>How many times longer the recorded players pause between calls. Faults with load of their own set it.</summary>
    public double PauseFactor { get; init; } = 1;

    /// <summary>Whether the fault may be injected together with others.</summary>
    public bool CanBeCombined => Prepare is null && Restore is null && Duration < TimeSpan.FromSeconds(20) && !MustRunAlone;

    /// <summary>Whether the fault takes too long, or changes too much, to be combined with others.</summary>
    public bool MustRunAlone { get; init; }

    /// <summary>
    /// Whether the injection waits for a claim that is being decided. It comes first in a combination, because others may stop decisions.
    /// </summary>
    public bool NeedsPendingDecision { get; init; }

    /// <summary>Whether at least one call must fail, because otherwise the fault had no effect.</summary>
    public bool MustFailSomeCall { get; init; }

    /// <summary>Whether every call must succeed.</summary>
    public bool MustFailNoCall { get; init; }

    /// <summary>Whether every read of a hunt or a treasure must succeed.</summary>
    public bool MustServeReads { get; init; }

    /// <summary>Maximum time from the fault, or from its healing, to the end of the last inconclusive call.</summary>
    public TimeSpan MaxRecovery { get; init; } = TimeSpan.FromSeconds(30);
}
