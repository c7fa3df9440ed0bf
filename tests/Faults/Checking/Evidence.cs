using TreasureHunt.Cli.Audit;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>All that a run leaves behind, collected after healing, when every claim is decided and told.</summary>
public sealed record Evidence
{
    /// <summary>What the clients saw.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>The hunt's log, from its first line, in its own order.</summary>
    public required IReadOnlyList<FeedEvent> Log { get; init; }

    /// <summary>The hunt's facts as they came to analytics, repeats included.</summary>
    public required IReadOnlyList<AnalyticsFact> Analytics { get; init; }

    /// <summary>The malformed messages that were sent.</summary>
    public IReadOnlyList<string> Malformed { get; init; } = [];

    /// <summary>Messages that were sent and may be malformed or not: each is a dead letter at the most as often as it was sent.</summary>
    public IReadOnlyList<string> Doubtful { get; init; } = [];

    /// <summary>What lies in the error queues.</summary>
    public IReadOnlyList<string> ErrorQueue { get; init; } = [];

    /// <summary>What must be told to nobody: private keys, proofs, tokens.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>What the hosts wrote to their logs.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Whether Redis may have forgotten which claims are pending.</summary>
    public bool MarksLost { get; init; }

    /// <summary>How long a claim, or the question for its outcome, may take at the most.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>How long a read may take at the most, which waits for nothing; null when it is the same.</summary>
    public TimeSpan? ReadDeadline { get; init; }
}

/// <summary>A fact as analytics is told it.</summary>
/// <param name="Id">The event id.</param>
/// <param name="Subject">The stream of the log.</param>
/// <param name="Sequence">The place in the log.</param>
public sealed record AnalyticsFact(Guid Id, string Subject, long Sequence);
