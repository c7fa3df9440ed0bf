using MassTransit;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api;

/// <summary>Callers that wait in this process for the outcome of a claim. A lost answer costs them the wait, nothing else.</summary>
public sealed class Waiters : IConsumer<ClaimsDecided>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<Waiter>> _waiting = [];

    /// <summary>Begins to listen; call it before the claim is sent, so that no answer is missed. Dispose the waiter to stop.</summary>
    public Waiter Listen(Guid claimId)
    {
        var waiter = new Waiter(this, claimId);
        lock (_lock)
        {
            // The same claim may be waited for twice: each caller has its own patience.
            (_waiting.TryGetValue(claimId, out var others) ? others : _waiting[claimId] = []).Add(waiter);
        }

        return waiter;
    }

    public Task Consume(ConsumeContext<ClaimsDecided> context)
    {
        foreach (var claim in context.Message.Claims)
        {
            List<Waiter>? waiting;
            lock (_lock)
            {
                _waiting.Remove(claim.ClaimId, out waiting);
            }

            waiting?.ForEach(waiter => waiter.Tell(claim));
        }

        return Task.CompletedTask;
    }

    private void Forget(Waiter waiter)
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
    public sealed class Waiter(Waiters waiters, Guid claimId) : IDisposable
    {
        private readonly TaskCompletionSource<DecidedClaim> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid ClaimId => claimId;

        public Task<DecidedClaim> Outcome => _outcome.Task;

        public void Dispose() => waiters.Forget(this);

        internal void Tell(DecidedClaim claim) => _outcome.TrySetResult(claim);
    }
}
