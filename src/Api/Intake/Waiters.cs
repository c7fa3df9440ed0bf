using MassTransit;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api;

/// <summary>
/// Callers that wait in this process for the outcome of a claim. A lost answer costs them the wait, nothing else. Those who wait
/// while nothing is decided keep their place in front of the door from others: when they are many, no more are let in.
/// </summary>
public sealed class Waiters(TimeProvider time) : IConsumer<ClaimsDecided>
{
    /// <summary>Callers that may wait although nothing is decided.</summary>
    public const int MostInSilence = 400;

    /// <summary>So long without an outcome is a silence.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<Waiter>> _waiting = [];
    private long _lastTold = time.GetTimestamp();

    /// <summary>Begins to listen; call it before the claim is sent, so that no answer is missed. Dispose the waiter to stop.</summary>
    /// <returns>Null when many wait and none is told anything: this one had better ask again later.</returns>
    public Waiter? Listen(Guid claimId)
    {
        lock (_lock)
        {
            if (_waiting.Count >= MostInSilence && time.GetElapsedTime(_lastTold) > Silence)
            {
                return null;
            }

            var waiter = new Waiter(this, claimId);
            // The same claim may be waited for twice: each caller has its own patience.
            (_waiting.TryGetValue(claimId, out var others) ? others : _waiting[claimId] = []).Add(waiter);
            return waiter;
        }
    }

    public Task Consume(ConsumeContext<ClaimsDecided> context)
    {
        Tell(context.Message.Claims);
        return Task.CompletedTask;
    }

    /// <summary>Tells whoever waits for these.</summary>
    public void Tell(IReadOnlyList<DecidedClaim> claims)
    {
        foreach (var claim in claims)
        {
            List<Waiter>? waiting;
            lock (_lock)
            {
                _lastTold = time.GetTimestamp();
                _waiting.Remove(claim.ClaimId, out waiting);
            }

            waiting?.ForEach(waiter => waiter.Tell(claim));
        }
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
