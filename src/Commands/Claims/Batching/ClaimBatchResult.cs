using TreasureHunt.Contracts.Events;

namespace TreasureHunt.Commands.Claims.Batching;

/// <summary>The result of a batch of claims.</summary>
/// <param name="Outcomes">The deciding event of each claim, by claim id.</param>
/// <param name="Failed">Claims that cannot be decided, with the failure, by claim id. They are moved to the dead-letter queue.</param>
public sealed record ClaimBatchResult(IReadOnlyDictionary<Guid, IClaimEvent> Outcomes, IReadOnlyDictionary<Guid, Exception> Failed);
