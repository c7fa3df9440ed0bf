using System.Net.Sockets;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// One connection that everybody shares: requests go out in the order in which they are made, replies come back in the same order.
/// What is in doubt ends it: a reply that is not the expected one, a reply that stays away too long.
/// </summary>
internal sealed class MemcachedConnection : IDisposable
{
    private static long _lastConnection;

    private readonly Lock _gate = new();
    private readonly MemcachedOptions _options;
    private readonly TimeProvider _clock;
    private readonly Socket _socket;
    private readonly SocketPump _pump;
    private readonly PendingReplies _pending = new();
    private readonly ITimer _deadlines;
    private readonly long _id = Interlocked.Increment(ref _lastConnection);
    private bool _watching; // The timer is set, and not for later than the next caller's deadline.
    private uint _lastOpaque;
    private Exception? _end;

    /// <param name="socket">Connected; closed at the end of the connection.</param>
    public MemcachedConnection(Socket socket, MemcachedOptions options, TimeProvider clock)
    {
        (_socket, _pump, _options, _clock) = (socket, new SocketPump(socket), options, clock);
        _deadlines = clock.CreateTimer(
            static self => ((MemcachedConnection)self!).PassDeadlines(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends and receives until the connection ends, and says why it did.</summary>
    public async Task<Exception> RunAsync()
    {
        await Task.WhenAll(EndAfterAsync(_pump.SendAllAsync()), EndAfterAsync(_pump.ReceiveAllAsync(Settle)));
        lock (_gate)
        {
            return _end!;
        }
    }

    /// <summary>Puts a request in line.</summary>
    public ValueTask<Reply> SendAsync(in Request request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // Whatever the lease was good for, this is another server's life: the same as a conflict.
        if (request.Lease is { } lease && lease.Connection != _id)
        {
            return new ValueTask<Reply>(new Reply(ReplyCode.Conflict));
        }

        PendingReply pending;
        lock (_gate)
        {
            if (_end is not null)
            {
                throw Disconnected(_end);
            }

            if (_pending.Count >= _options.MaxPending)
            {
                throw new MemcachedException(MemcachedFailure.Overloaded, $"Memcached owes {_pending.Count} replies already.");
            }

            if (_pump.UnsentBytes > _options.MaxUnsentBytes)
            {
                throw new MemcachedException(MemcachedFailure.Overloaded, $"Memcached has {_pump.UnsentBytes} bytes to take already.");
            }

            pending = new PendingReply(request.Verb, ++_lastOpaque, _clock.GetTimestamp());
            _pump.Write(request, pending.Opaque);
            _pending.Add(pending);
            if (!_watching)
            {
                WatchDeadlines(_clock.GetTimestamp());
            }
        }

        return pending.WaitAsync(cancellationToken);
    }

    public void Dispose() => End(new ObjectDisposedException(nameof(MemcachedClient)));

    private async Task EndAfterAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception why)
        {
            End(why);
        }
    }

    private void Settle(Reply reply)
    {
        PendingReply? pending;
        lock (_gate)
        {
            pending = _pending.Take();
        }

        if (pending is null || !pending.IsAnsweredBy(reply))
        {
            var why = new InvalidDataException("The server sent a reply that belongs to no request.");
            pending?.Fail(Disconnected(why));
            throw why;
        }

        pending.Succeed(reply with { Connection = _id });
    }

    private void PassDeadlines()
    {
        Exception? dead = null;
        lock (_gate)
        {
            if (_end is not null)
            {
                return;
            }

            var now = _clock.GetTimestamp();
            while (_pending.FirstInTime is { } late && _clock.GetElapsedTime(late.SentAt, now) >= _options.Timeout)
            {
                _pending.PassFirstInTime();
                late.Fail(
                    new MemcachedException(
                        MemcachedFailure.TimedOut, $"Memcached did not answer within {_options.Timeout.TotalMilliseconds} ms."));
            }

            if (_pending.First is { } oldest && _clock.GetElapsedTime(oldest.SentAt, now) >= _options.DeadAfter)
            {
                dead = new TimeoutException($"The server owed a reply for {_options.DeadAfter.TotalMilliseconds} ms.");
            }
            else
            {
                WatchDeadlines(now);
            }
        }

        if (dead is not null)
        {
            End(dead);
        }
    }

    /// <summary>Sets the timer to whatever is due next: a caller's deadline, or the connection's. With nothing owed it rests.</summary>
    private void WatchDeadlines(long now)
    {
        _watching = _pending.FirstInTime is not null;
        if (_pending.First is not { } oldest)
        {
            return;
        }

        var due = _options.DeadAfter - _clock.GetElapsedTime(oldest.SentAt, now);
        if (_pending.FirstInTime is { } next)
        {
            var deadline = _options.Timeout - _clock.GetElapsedTime(next.SentAt, now);
            due = deadline < due ? deadline : due;
        }

        // Rounded up, because the timer counts whole milliseconds and must not come early.
        due = due > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)) : TimeSpan.Zero;
        _deadlines.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void End(Exception why)
    {
        lock (_gate)
        {
            if (_end is not null)
            {
                return;
            }

            _end = why;
            _pump.Complete();
            while (_pending.Take() is { } pending)
            {
                pending.Fail(Disconnected(why));
            }
        }

        _deadlines.Dispose();
        _socket.Dispose();
    }

    private static MemcachedException Disconnected(Exception why) =>
        new(MemcachedFailure.Disconnected, $"The connection to memcached ended: {why.Message}", why);
}
