using System.Net.Sockets;
using TreasureHunt.Platform.Memcached.Protocol;

namespace TreasureHunt.Platform.Memcached.Connections;

/// <summary>
/// One connection that all callers share. Replies come in the order of the requests. An unexpected reply, or one that is later than
/// <see cref="MemcachedOptions.StallTimeout"/>, closes the connection.
/// </summary>
internal sealed class MemcachedConnection : IDisposable
{
    private static long _lastId;

    private readonly Lock _lock = new();
    private readonly MemcachedOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly Socket _socket;
    private readonly SocketStream _stream;
    private readonly PendingReplies _pending = new();
    private readonly ITimer _timer;
    private readonly long _id = Interlocked.Increment(ref _lastId);
    private bool _isTimerSet; // True while the timer fires at the next caller's deadline or earlier.
    private uint _lastOpaque;
    private Exception? _failure;

    /// <param name="socket">Connected; it is closed with the connection.</param>
    public MemcachedConnection(Socket socket, MemcachedOptions options, TimeProvider timeProvider)
    {
        (_socket, _stream, _options, _timeProvider) = (socket, new SocketStream(socket), options, timeProvider);
        _timer = timeProvider.CreateTimer(
            static self => ((MemcachedConnection)self!).Expire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sends and receives until the connection ends.</summary>
    /// <returns>The reason of the end.</returns>
    public async Task<Exception> RunAsync()
    {
        await Task.WhenAll(CloseOnFailureAsync(_stream.SendAllAsync()), CloseOnFailureAsync(_stream.ReceiveAllAsync(Complete)));
        lock (_lock)
        {
            return _failure!;
        }
    }

    /// <summary>Queues a request.</summary>
    public ValueTask<Reply> SendAsync(in Request request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // The server may have restarted since the lease was given: the lease is lost, as after a conflict.
        if (request.Lease is { } lease && lease.Connection != _id)
        {
            return new ValueTask<Reply>(new Reply(ReplyCode.Conflict));
        }

        PendingReply pending;
        lock (_lock)
        {
            ThrowIfUnavailable();
            pending = new PendingReply(request.Verb, ++_lastOpaque, _timeProvider.GetTimestamp());
            _stream.Write(request, pending.Opaque);
            _pending.Enqueue(pending);
            if (!_isTimerSet)
            {
                SetTimer(_timeProvider.GetTimestamp());
            }
        }

        return pending.WaitAsync(cancellationToken);
    }

    public void Dispose() => Close(new ObjectDisposedException(nameof(MemcachedClient)));

    private void ThrowIfUnavailable()
    {
        if (_failure is not null)
        {
            throw Disconnected(_failure);
        }

        if (_pending.Count >= _options.MaxPending)
        {
            throw new MemcachedException(MemcachedFailure.Overloaded, $"{_pending.Count} replies of memcached are pending.");
        }

        if (_stream.UnsentBytes > _options.MaxUnsentBytes)
        {
            throw new MemcachedException(MemcachedFailure.Overloaded, $"{_stream.UnsentBytes} bytes to memcached are unsent.");
        }
    }

    private async Task CloseOnFailureAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            Close(exception);
        }
    }

    private void Complete(Reply reply)
    {
        PendingReply? pending;
        lock (_lock)
        {
            pending = _pending.Dequeue();
        }

        if (pending is null || !pending.Accepts(reply))
        {
            var exception = new InvalidDataException("The server sent a reply that belongs to no request.");
            pending?.Fail(Disconnected(exception));
            throw exception;
        }

        pending.Succeed(reply with { Connection = _id });
    }

    private void Expire()
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                return;
            }

            var now = _timeProvider.GetTimestamp();
            while (_pending.FirstUnexpired is { } late && _timeProvider.GetElapsedTime(late.SentAt, now) >= _options.Timeout)
            {
                _pending.ExpireFirst();
                late.Fail(new MemcachedException(
                    MemcachedFailure.TimedOut, $"Memcached did not answer within {_options.Timeout.TotalMilliseconds} ms."));
            }

            if (_pending.First is not { } oldest || _timeProvider.GetElapsedTime(oldest.SentAt, now) < _options.StallTimeout)
            {
                SetTimer(now);
                return;
            }
        }

        Close(new TimeoutException($"A reply is late by {_options.StallTimeout.TotalMilliseconds} ms."));
    }

    /// <summary>Sets the timer to the next deadline: a caller's, or the connection's. Without pending replies it stays off.</summary>
    private void SetTimer(long now)
    {
        _isTimerSet = _pending.FirstUnexpired is not null;
        if (_pending.First is not { } oldest)
        {
            return;
        }

        var due = _options.StallTimeout - _timeProvider.GetElapsedTime(oldest.SentAt, now);
        if (_pending.FirstUnexpired is { } next)
        {
            var deadline = _options.Timeout - _timeProvider.GetElapsedTime(next.SentAt, now);
            due = deadline < due ? deadline : due;
        }

        // Rounded up: the timer counts whole milliseconds and must not fire early.
        due = due > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)) : TimeSpan.Zero;
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void Close(Exception reason)
    {
        lock (_lock)
        {
            if (_failure is not null)
            {
                return;
            }

            _failure = reason;
            _stream.Complete();
            while (_pending.Dequeue() is { } pending)
            {
                pending.Fail(Disconnected(reason));
            }
        }

        _timer.Dispose();
        _socket.Dispose();
    }

    private static MemcachedException Disconnected(Exception reason) =>
        new(MemcachedFailure.Disconnected, $"The connection to memcached ended: {reason.Message}", reason);
}
