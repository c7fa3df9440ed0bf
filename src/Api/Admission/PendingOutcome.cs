using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admission;

/// <summary>The outcomes of the claims of one request, whose caller waits. Dispose it when the caller no longer waits.</summary>
public sealed class PendingOutcome : IDisposable
{
    private readonly PendingOutcomes _outcomes;
    private readonly Dictionary<Guid, DecidedClaim?> _decided;
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing;

    internal PendingOutcome(PendingOutcomes outcomes, IReadOnlyCollection<Guid> claimIds)
    {
        (_outcomes, _missing) = (outcomes, claimIds.Count);
        _decided = claimIds.ToDictionary(id => id, DecidedClaim? (_) => null);
        Alone = [this];
    }

    /// <summary>Completes when all outcomes have arrived. It does not complete when a reply of a worker is lost.</summary>
    public Task Completed => _completed.Task;

    /// <summary>The list of those that wait for a claim when nobody else does: one list for all claims of the request.</summary>
    internal PendingOutcome[] Alone { get; }

    /// <summary>The outcome of a claim; null while it has not arrived.</summary>
    public DecidedClaim? Find(Guid claimId)
    {
        lock (_decided)
        {
            return _decided[claimId];
        }
    }

    /// <summary>Waits no longer for a claim that was not accepted.</summary>
    public void Forget(Guid claimId)
    {
        // A claim that is no longer registered has its outcome, or gets it at this moment.
        if (_outcomes.Unregister(this, claimId))
        {
            CountDown();
        }
    }

    public void Dispose()
    {
        if (!Completed.IsCompleted)
        {
            foreach (var claimId in _decided.Keys)
            {
                _outcomes.Unregister(this, claimId);
            }
        }
    }

    internal void Complete(DecidedClaim claim)
    {
        lock (_decided)
        {
            _decided[claim.ClaimId] = claim;
        }

        CountDown();
    }

    private void CountDown()
    {
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            _completed.TrySetResult();
        }
    }
}
