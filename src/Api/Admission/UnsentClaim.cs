using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>A claim that waits to be sent with others of its shard.</summary>
public sealed class UnsentClaim(AcceptedClaim claim, Task? reply)
{
    public AcceptedClaim Claim { get; } = claim;

    /// <summary>
    /// Completes when the worker's reply has arrived at <see cref="PendingOutcomes"/>; null when no caller waits for it.
    /// </summary>
    public Task? Reply { get; } = reply;

    public bool WantsReply => Reply is not null;

    /// <summary>
    /// The outcome for which the publisher itself waits: of the last claim of a message for whose claims no caller waits. Null for others.
    /// </summary>
    public PendingOutcome? OutcomeForPause { get; set; }

    /// <summary>The outcome of an earlier request with the same claim id; null until it is read, and when there is none.</summary>
    public ClaimView? EarlierOutcome { get; set; }
}
