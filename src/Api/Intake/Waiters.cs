using System.Collections.Concurrent;
using MassTransit;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api;

/// <summary>Callers that wait in this process for the outcome of a claim. A lost answer costs them the wait, nothing else.</summary>
public sealed class Waiters : IConsumer<ClaimsDecided>
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<DecidedClaim>> _waiting = new();

    /// <summary>Begins to listen; call it before the claim is sent, so that no answer is missed.</summary>
    public Task<DecidedClaim> Of(Guid claimId) =>
        _waiting.GetOrAdd(claimId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Stops listening.</summary>
    public void Forget(Guid claimId) => _waiting.TryRemove(claimId, out _);

    public Task Consume(ConsumeContext<ClaimsDecided> context)
    {
        foreach (var claim in context.Message.Claims)
        {
            if (_waiting.TryRemove(claim.ClaimId, out var waiting))
            {
                waiting.TrySetResult(claim);
            }
        }

        return Task.CompletedTask;
    }
}
