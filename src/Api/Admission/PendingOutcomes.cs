using MassTransit;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// How callers wait for outcomes: a caller registers its claims, sends them, and awaits <see cref="PendingOutcome.Completed"/> until its
/// wait ends. The replies of the workers complete the outcomes. If a reply is lost, its caller waits until its timeout and then reads the
/// outcome from the read models. A caller that does not wait is told 202.
/// </summary>
public sealed class PendingOutcomes(WaitingClaimLimit limit) : IConsumer<ClaimsDecided>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, PendingOutcome[]> _byClaim = [];

    /// <summary>Registers a caller. Call it before its claims are sent, so that no reply is missed.</summary>
    /// <param name="claimIds">The claims of the request, each once; at least one.</param>
    /// <param name="isLimited">
    /// Whether <see cref="WaitingClaimLimit"/> applies: it does not to the claims of a stream, which are limited in number and hold no
    /// concurrency slot that other callers need.
    /// </param>
    /// <returns>Null when the limit is reached: the caller does not wait.</returns>
    public PendingOutcome? Register(IReadOnlyCollection<Guid> claimIds, bool isLimited = true)
    {
        lock (_lock)
        {
            if (isLimited && limit.IsReached(_byClaim.Count))
            {
                return null;
            }

            var outcome = new PendingOutcome(this, claimIds);
            foreach (var claimId in claimIds)
            {
                // Two callers can wait for one claim, each with its own timeout.
                _byClaim[claimId] = _byClaim.TryGetValue(claimId, out var others) ? [.. others, outcome] : outcome.Alone;
            }

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
            PendingOutcome[]? outcomes;
            lock (_lock)
            {
                limit.RecordOutcome();
                _byClaim.Remove(claim.ClaimId, out outcomes);
            }

            foreach (var outcome in outcomes ?? [])
            {
                outcome.Complete(claim);
            }
        }
    }

    /// <returns>Whether the caller waited for this claim.</returns>
    internal bool Unregister(PendingOutcome outcome, Guid claimId)
    {
        lock (_lock)
        {
            if (!_byClaim.TryGetValue(claimId, out var outcomes) || !outcomes.Contains(outcome))
            {
                return false;
            }

            if (outcomes.Length == 1)
            {
                _byClaim.Remove(claimId);
            }
            else
            {
                _byClaim[claimId] = [.. outcomes.Where(other => other != outcome)];
            }

            return true;
        }
    }
}
