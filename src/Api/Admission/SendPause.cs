using TreasureHunt.Platform.Batching;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// The pause between two messages of a shard. The next message leaves when the worker has answered the last one. Messages then contain as
/// many claims as arrive while the worker decides: few at a low rate, many under load.
/// </summary>
internal sealed class SendPause(TimeProvider timeProvider)
{
    /// <summary>The next message leaves after this time at the latest: the worker may be down, and the reply may be lost.</summary>
    public static readonly TimeSpan Max = TimeSpan.FromMilliseconds(200);

    /// <summary>For messages to which the worker does not reply.</summary>
    private static readonly TimeSpan LingerPerClaim = TimeSpan.FromMilliseconds(1);

    private readonly Linger _linger = new(LingerPerClaim, timeProvider);

    /// <summary>Completes when the message after these claims may leave. After a message of one claim there is no pause.</summary>
    public Task AfterAsync(IReadOnlyList<UnsentClaim> sent) =>
        sent.Count > 1 && (sent.LastOrDefault(claim => claim.WantsReply)?.Reply ?? sent[^1].OutcomeForPause?.Completed) is { } reply
            ? Task.WhenAny(reply, Task.Delay(Max, timeProvider))
            : _linger.AfterAsync(sent.Count);
}
