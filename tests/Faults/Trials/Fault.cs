namespace TreasureHunt.Faults.Trials;

/// <summary>Something that breaks while players claim.</summary>
/// <param name="Number">Its number in docs/results/faults.md.</param>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Expected">What players may notice of it.</param>
public sealed record Fault(int Number, string Name, string Expected)
{
    /// <summary>How <c>./hunt faults --list</c> prints it, from deploy/local/help.</summary>
    public string Line => $"{Number,2} {Name,-26} {Expected}";

    /// <summary>From when it has fired until it is healed.</summary>
    public TimeSpan Holds { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The same with <c>--short</c>; null when it is the same, and the fault is not in the short set.</summary>
    public TimeSpan? ShortHolds { get; init; }

    /// <summary>Whether the short set leaves it out: its short form takes too long, and runs only when it is named.</summary>
    public bool OnlyByName { get; init; }

    /// <summary>Whether <c>--minutes</c> says how long it goes on.</summary>
    public bool TakesLength { get; init; }

    /// <summary>Whether Redis forgets which claims are pending, or cannot be told: then one may be unknown until it is decided.</summary>
    public bool LosesMarks { get; init; }

    /// <summary>Before the load begins: leads hosts through relays.</summary>
    public Func<FaultScenario, Task>? Prepare { get; init; }

    /// <summary>Breaks it, and says what was seen of it; throws when it did not fire.</summary>
    public required Func<FaultScenario, Task<string>> Fire { get; init; }

    /// <summary>Puts it right, where it does not heal by itself.</summary>
    public Func<FaultScenario, Task>? Heal { get; init; }

    /// <summary>After the load has ended: leads hosts back to the set's own settings.</summary>
    public Func<FaultScenario, Task>? Restore { get; init; }

    /// <summary>How many times as long as usual the watched crowd pauses between calls, where the load is the fault's own.</summary>
    public double Pauses { get; init; } = 1;

    /// <summary>Whether it can strike at any time, beside others.</summary>
    public bool MayBeComposed => Prepare is null && Restore is null && Holds < TimeSpan.FromSeconds(20) && !Alone;

    /// <summary>Whether it takes too long, or does too much, to be one of several at once.</summary>
    public bool Alone { get; init; }

    /// <summary>Whether it strikes when a claim is being decided. Among others it comes first: some of them leave none to decide.</summary>
    public bool StrikesDeciding { get; init; }

    /// <summary>Whether some call must fail: else it has not fired.</summary>
    public bool Noticed { get; init; }

    /// <summary>Whether no call at all may fail.</summary>
    public bool Unnoticed { get; init; }

    /// <summary>Whether no read of a hunt or a treasure may fail.</summary>
    public bool ReadsGoOn { get; init; }

    /// <summary>
    /// Longest time from the fault, or its healing where it is healed, until the last call that was told nothing definite.
    /// </summary>
    public TimeSpan Recovers { get; init; } = TimeSpan.FromSeconds(30);
}
