using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admission;

/// <summary>The outcome that one caller waits for. Dispose it when the caller no longer waits.</summary>
public sealed class PendingOutcome(PendingOutcomes outcomes, Guid claimId) : IDisposable
{
    private readonly TaskCompletionSource<DecidedClaim> _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Guid ClaimId => claimId;

    /// <summary>Completes when the outcome arrives. It does not complete when the reply of the worker is lost.</summary>
    public Task<DecidedClaim> Outcome => _decided.Task;

    public void Dispose() => outcomes.Unregister(this);

    internal void Complete(DecidedClaim claim) => _decided.TrySetResult(claim);
}
