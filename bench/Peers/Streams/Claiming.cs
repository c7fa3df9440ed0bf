using JasperFx.Events;
using Marten;
using TreasureHunt.Contracts;
using TreasureHunt.Peers.Front;

namespace TreasureHunt.Peers.Streams;

/// <summary>A claim against the stream of its treasure.</summary>
public static class Claiming
{
    /// <summary>Decides a claim and puts what comes of it into the session. The caller saves.</summary>
    public static Verdict Decide(Claim claim, IEventStream<Treasure> stream, PlayerClaims? earlier, IDocumentSession session)
    {
        if (stream.Aggregate is not { } treasure)
        {
            return Verdict.Rejected(Problems.TreasureNotFound);
        }

        earlier ??= PlayerClaims.None(claim);
        if (earlier.Verdicts.TryGetValue(claim.ClaimId, out var known))
        {
            return known;
        }

        var verdict = treasure.Decide(earlier.Units);
        stream.AppendOne(verdict.Reason is { } reason
            ? new ClaimRefused(claim.ClaimId, claim.PlayerId, claim.At, reason)
            : new TreasureAwarded(claim.ClaimId, claim.PlayerId, claim.At));
        session.Store(earlier.With(claim.ClaimId, verdict));
        return verdict;
    }
}
