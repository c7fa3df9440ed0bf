using TreasureHunt.Contracts.Commands;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>A claim that waits to be sent with others of its shard.</summary>
internal sealed class UnsentClaim(AcceptedClaim claim, bool wantsReply)
{
    public AcceptedClaim Claim { get; } = claim;

    /// <summary>Whether the worker replies to <see cref="PendingOutcomes"/>.</summary>
    public bool WantsReply { get; } = wantsReply;

    /// <summary>The outcome of an earlier request with the same claim id; null until it is read, and when there is none.</summary>
    public ClaimView? EarlierOutcome { get; set; }
}
