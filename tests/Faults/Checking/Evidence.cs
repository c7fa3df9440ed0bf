using TreasureHunt.Faults.History;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Faults.Checking;

/// <summary>Data about a run, collected after the healing, when all claims are decided.</summary>
public sealed record Evidence
{
    /// <summary>The calls of all clients.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>The hunt's events in the order of the event store.</summary>
    public required IReadOnlyList<FeedEvent> Log { get; init; }

    /// <summary>The hunt's events as analytics got them, repeats included.</summary>
    public required IReadOnlyList<PublishedEvent> Analytics { get; init; }

    /// <summary>Malformed messages that were sent.</summary>
    public IReadOnlyList<string> Malformed { get; init; } = [];

    /// <summary>Messages that may be malformed: each is a dead letter at most as often as it was sent.</summary>
    public IReadOnlyList<string> Doubtful { get; init; } = [];

    /// <summary>The messages of the dead-letter queues.</summary>
    public IReadOnlyList<string> ErrorQueue { get; init; } = [];

    /// <summary>Texts that no answer and no log may contain: private keys, proofs, tokens.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>Log lines of the hosts.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Whether Redis may have lost the marks of pending claims.</summary>
    public bool MarksLost { get; init; }

    /// <summary>Maximum duration of a claim and of a read of its outcome.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>Maximum duration of a read of a hunt or a treasure; null when it is the same.</summary>
    public TimeSpan? ReadDeadline { get; init; }
}

/// <summary>An event as analytics gets it.</summary>
/// <param name="Id">The event id.</param>
/// <param name="Subject">The key of the event's stream.</param>
/// <param name="Sequence">The sequence in the event store.</param>
public sealed record PublishedEvent(Guid Id, string Subject, long Sequence);
