using TreasureHunt.InvariantChecker;
using TreasureHunt.LoadGenerator.Http;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>Collects the responses to one claim, over all of its requests and their retries.</summary>
public sealed class ClaimHistory(Guid claimId, string playerId, string treasureId, bool proofRight)
{
    private readonly Lock _lock = new();
    private ClaimObservation _observation = new(
        claimId, playerId, treasureId, proofRight, Accepted: false, Refused: false, Unsure: false);
    private int _sends;

    public Guid ClaimId => claimId;

    public string PlayerId => playerId;

    public ClaimObservation Observation
    {
        get
        {
            lock (_lock)
            {
                return _observation;
            }
        }
    }

    /// <summary>Counts a request. Returns true for the first one.</summary>
    public bool BeginSend() => Interlocked.Increment(ref _sends) == 1;

    public bool WasSent => Volatile.Read(ref _sends) > 0;

    public void Record(ClaimReply reply)
    {
        lock (_lock)
        {
            _observation = After(_observation, reply);
        }
    }

    private static ClaimObservation After(ClaimObservation before, ClaimReply reply)
    {
        var now = before with { Contradicted = before.Contradicted || (reply.ClaimId is { } id && id != before.ClaimId) };
        return reply.Kind switch
        {
            ClaimReplyKind.Decided when before.Outcome is not null && (before.Outcome, before.Reason) != (reply.Result, reply.Reason) =>
                now with { Contradicted = true },
            ClaimReplyKind.Decided => now with { Accepted = true, Outcome = reply.Result, Reason = reply.Reason },
            ClaimReplyKind.Pending => now with { Accepted = true },
            ClaimReplyKind.Refused => now with { Refused = true },
            ClaimReplyKind.Unsure => now with { Unsure = true },
            _ => now,
        };
    }
}
