using System.Threading.Tasks.Sources;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// A reply that the server owes. Settled once: by the reply, the deadline, the caller's cancellation or the end of the connection.
/// Settled early, it stays in line all the same, for its reply will come and belongs to nobody else.
/// </summary>
internal sealed class PendingReply(Verb verb, uint opaque, long sentAt) : IValueTaskSource<Reply>
{
    private ManualResetValueTaskSourceCore<Reply> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private int _settled;

    public uint Opaque => opaque;

    /// <summary>Timestamp of the <see cref="TimeProvider"/>.</summary>
    public long SentAt => sentAt;

    public PendingReply? Next { get; set; }

    /// <summary>
    /// Whether the reply is one that this request can have. A value must repeat the number: it must never reach another caller.
    /// </summary>
    public bool IsAnsweredBy(in Reply reply) => reply.Code switch
    {
        ReplyCode.Refused => true,
        ReplyCode.Pong => verb == Verb.Ping,
        ReplyCode.Value => reply.Opaque == opaque && verb is (Verb.Get or Verb.Peek),
        _ => (reply.Opaque is null || reply.Opaque == opaque) && verb != Verb.Ping,
    };

    /// <summary>To be awaited once.</summary>
    public ValueTask<Reply> WaitAsync(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken.UnsafeRegister(
            static (self, token) => ((PendingReply)self!).Fail(new OperationCanceledException(token)), this);
        return new ValueTask<Reply>(this, _source.Version);
    }

    public void Succeed(in Reply reply)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            _source.SetResult(reply);
        }
    }

    public void Fail(Exception why)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            _source.SetException(why);
        }
    }

    Reply IValueTaskSource<Reply>.GetResult(short token)
    {
        _cancellation.Unregister();
        return _source.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<Reply>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<Reply>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
