using System.Threading.Tasks.Sources;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// A reply that has not come yet. It completes once: by the reply, the deadline, the caller's cancellation or the end of the connection.
/// A cancelled or timed-out entry stays queued, because its reply still comes and belongs to no other caller.
/// </summary>
internal sealed class PendingReply(Verb verb, uint opaque, long sentAt) : IValueTaskSource<Reply>
{
    private ManualResetValueTaskSourceCore<Reply> _source = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private int _isCompleted;

    public uint Opaque => opaque;

    /// <summary>Timestamp of the <see cref="TimeProvider"/>.</summary>
    public long SentAt => sentAt;

    /// <summary>The next entry of the queue.</summary>
    public PendingReply? Next { get; set; }

    /// <summary>
    /// Whether this request can have the reply. A value must repeat the request's number: it must never reach another caller.
    /// </summary>
    public bool Accepts(in Reply reply) => reply.Code switch
    {
        ReplyCode.Refused => true,
        ReplyCode.Pong => verb == Verb.Ping,
        ReplyCode.Value => reply.Opaque == opaque && verb is (Verb.Get or Verb.Peek),
        _ => (reply.Opaque is null || reply.Opaque == opaque) && verb != Verb.Ping,
    };

    /// <summary>Must be awaited once.</summary>
    public ValueTask<Reply> WaitAsync(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken.UnsafeRegister(
            static (self, token) => ((PendingReply)self!).Fail(new OperationCanceledException(token)), this);
        return new ValueTask<Reply>(this, _source.Version);
    }

    public void Succeed(in Reply reply)
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) == 0)
        {
            _source.SetResult(reply);
        }
    }

    public void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _isCompleted, 1) == 0)
        {
            _source.SetException(exception);
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
