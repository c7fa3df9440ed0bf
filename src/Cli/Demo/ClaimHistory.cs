using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Engine;

namespace TreasureHunt.Cli.Demo;

/// <summary>What this run was told about one claim, over all of its sends and their retries.</summary>
public sealed class ClaimHistory(Guid claimId, string playerId, string treasureId, bool proofRight)
{
    private readonly Lock _lock = new();
    private Promise _promise = new(claimId, playerId, treasureId, proofRight, Accepted: false, Refused: false, Unsure: false);
    private int _sends;

    public Guid ClaimId => claimId;

    public string PlayerId => playerId;

    public Promise Promise
    {
        get
        {
            lock (_lock)
            {
                return _promise;
            }
        }
    }

    /// <summary>True once: for the send that comes first.</summary>
    public bool BeginSend() => Interlocked.Increment(ref _sends) == 1;

    public bool WasSent => Volatile.Read(ref _sends) > 0;

    public void Take(ClaimReply answer)
    {
        lock (_lock)
        {
            _promise = Told(_promise, answer);
        }
    }

    private static Promise Told(Promise before, ClaimReply answer)
    {
        var promise = before with { Contradicted = before.Contradicted || (answer.ClaimId is { } id && id != before.ClaimId) };
        return answer.Kind switch
        {
            ClaimReplyKind.Decided when before.Outcome is not null && (before.Outcome, before.Reason) != (answer.What, answer.Reason) =>
                promise with { Contradicted = true },
            ClaimReplyKind.Decided => promise with { Accepted = true, Outcome = answer.What, Reason = answer.Reason },
            ClaimReplyKind.Pending => promise with { Accepted = true },
            ClaimReplyKind.Refused => promise with { Refused = true },
            ClaimReplyKind.Unsure => promise with { Unsure = true },
            _ => promise,
        };
    }
}
