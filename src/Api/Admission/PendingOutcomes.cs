using MassTransit;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Callers that wait in this process for the outcome of a claim. A lost answer costs them the wait, nothing else. Those who wait
/// while nothing is decided keep their place in front of the door from others: when they are many, no more are let in.
/// </summary>
public sealed class PendingOutcomes(TimeProvider timeProvider) : IConsumer<ClaimsDecided>
{
    /// <summary>Callers that may wait although nothing is decided.</summary>
    public const int MaxWaitingWithoutOutcomes = 400;

    /// <summary>So long without an outcome is a silence.</summary>
    private static readonly TimeSpan StallThreshold = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<PendingOutcome>> _waiting = [];
    private long _lastTold = timeProvider.GetTimestamp();

    /// <summary>Begins to listen; call it before the claim is sent, so that no answer is missed. Dispose the waiter to stop.</summary>
    /// <returns>Null when many wait and none is told anything: this one had better ask again later.</returns>
    public PendingOutcome? Register(Guid claimId)
    {
        lock (_lock)
        {
            if (_waiting.Count >= MaxWaitingWithoutOutcomes && timeProvider.GetElapsedTime(_lastTold) > StallThreshold)
            {
                return null;
            }

            var waiter = new PendingOutcome(this, claimId);
            // The same claim may be waited for twice: each caller has its own patience.
            (_waiting.TryGetValue(claimId, out var others) ? others : _waiting[claimId] = []).Add(waiter);
            return waiter;
        }
    }

    public Task Consume(ConsumeContext<ClaimsDecided> context)
    {
        Complete(context.Message.Claims);
        return Task.CompletedTask;
    }

    /// <summary>Tells whoever waits for these.</summary>
    public void Complete(IReadOnlyList<DecidedClaim> claims)
    {
        foreach (var claim in claims)
        {
            List<PendingOutcome>? waiting;
            lock (_lock)
            {
                _lastTold = timeProvider.GetTimestamp();
                _waiting.Remove(claim.ClaimId, out waiting);
            }

            waiting?.ForEach(waiter => waiter.Complete(claim));
        }
    }

    private void Unregister(PendingOutcome waiter)
    {
        lock (_lock)
        {
            if (_waiting.TryGetValue(waiter.ClaimId, out var all) && all.Remove(waiter) && all.Count == 0)
            {
                _waiting.Remove(waiter.ClaimId);
            }
        }
    }

    /// <summary>One caller that waits.</summary>
    public sealed class PendingOutcome(PendingOutcomes waiters, Guid claimId) : IDisposable
    {
        private readonly TaskCompletionSource<DecidedClaim> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid ClaimId => claimId;

        public Task<DecidedClaim> Outcome => _outcome.Task;

        public void Dispose() => waiters.Unregister(this);

        internal void Complete(DecidedClaim claim) => _outcome.TrySetResult(claim);
    }
}
