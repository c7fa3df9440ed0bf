using MassTransit;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Completes the outcomes that callers of this process wait for, when the workers reply. If a reply is lost, its caller waits until its
/// timeout and then reads the outcome from the read models.
/// </summary>
public sealed class PendingOutcomes(WaitingClaimLimit limit) : IConsumer<ClaimsDecided>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<PendingOutcome>> _byClaim = [];

    /// <summary>Registers a caller. Call it before the claim is sent, so that no reply is missed.</summary>
    /// <returns>Null when <see cref="WaitingClaimLimit"/> is reached: the caller does not wait.</returns>
    public PendingOutcome? Register(Guid claimId)
    {
        lock (_lock)
        {
            if (limit.IsReached(_byClaim.Count))
            {
                return null;
            }

            var outcome = new PendingOutcome(this, claimId);
            // Two callers can wait for one claim, each with its own timeout.
            (_byClaim.TryGetValue(claimId, out var others) ? others : _byClaim[claimId] = []).Add(outcome);
            return outcome;
        }
    }

    public Task Consume(ConsumeContext<ClaimsDecided> context)
    {
        Complete(context.Message.Claims);
        return Task.CompletedTask;
    }

    /// <summary>Completes the outcomes of these claims for all callers that wait for them.</summary>
    public void Complete(IReadOnlyList<DecidedClaim> claims)
    {
        foreach (var claim in claims)
        {
            List<PendingOutcome>? outcomes;
            lock (_lock)
            {
                limit.RecordOutcome();
                _byClaim.Remove(claim.ClaimId, out outcomes);
            }

            outcomes?.ForEach(outcome => outcome.Complete(claim));
        }
    }

    internal void Unregister(PendingOutcome outcome)
    {
        lock (_lock)
        {
            if (_byClaim.TryGetValue(outcome.ClaimId, out var outcomes) && outcomes.Remove(outcome) && outcomes.Count == 0)
            {
                _byClaim.Remove(outcome.ClaimId);
            }
        }
    }
}
