using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Streams;

/// <summary>A claim against the stream of its treasure.</summary>
public static class PeerDecider
{
    /// <summary>Decides a claim and adds the result to the session. The caller saves the session.</summary>
    public static PeerOutcome Decide(Claim claim, IEventStream<StreamTreasure> stream, PlayerClaims? earlier, IDocumentSession session)
    {
        if (stream.Aggregate is not { } treasure)
        {
            return PeerOutcome.Rejected(ProblemNames.TreasureNotFound);
        }

        earlier ??= PlayerClaims.None(claim);
        if (earlier.OutcomesByClaim.TryGetValue(claim.ClaimId, out var known))
        {
            return known;
        }

        var outcome = treasure.Decide(earlier.Units);
        stream.AppendOne(outcome.Reason is { } reason
            ? new StreamClaimRefused(claim.ClaimId, claim.PlayerId, claim.At, reason)
            : new StreamTreasureAwarded(claim.ClaimId, claim.PlayerId, claim.At));
        session.Store(earlier.With(claim.ClaimId, outcome));
        return outcome;
    }
}
