using System.Buffers;
using System.IO.Pipelines;

namespace TreasureHunt.Api;

/// <summary>
/// One client of a stream: how far it has been told, and nothing else. It is told only when all it was told before has gone out;
/// what changes meanwhile is not kept for it. Whoever does not take an answer for some seconds is dropped.
/// </summary>
/// <param name="body">Where events go. Nobody else writes to it, and nobody does after <see cref="Leave"/>.</param>
public sealed class Watcher(PipeWriter body, TimeProvider time)
{
    /// <summary>How long one write may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How long a client hears nothing, so that it and the proxies between know that the connection lives.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private static readonly byte[] KeepAlive = ": keep-alive\n\n"u8.ToArray();

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<FlushResult>? _writing;
    private long _wroteAt;
    private long _version;

    /// <summary>Ends when the client has gone or must go.</summary>
    public Task Left => _left.Task;

    /// <summary>Whether it must go because it is too slow.</summary>
    public bool Dropped { get; private set; }

    /// <summary>Whether something told has not gone out.</summary>
    public bool Owes => _writing is { IsCompleted: false };

    /// <summary>Tells the first news, with whatever has to stand before them.</summary>
    public void Begin(ReadOnlySpan<byte> before, BoardNews news)
    {
        lock (_lock)
        {
            body.Write(before);
            Write(news.Bytes.Span);
            _version = news.Version;
        }
    }

    /// <summary>Tells what has changed since the last time, if the client has taken that. Never waits.</summary>
    public void Push(HuntBoard board)
    {
        lock (_lock)
        {
            // A board has no version 0: that client has not begun.
            if (_left.Task.IsCompleted || _version == 0)
            {
                return;
            }

            var quiet = time.GetElapsedTime(_wroteAt);
            if (_writing is { IsCompleted: false })
            {
                if (quiet >= Patience)
                {
                    Dropped = true;
                    _left.TrySetResult();
                }
            }
            else if (_writing is { IsCompletedSuccessfully: false } or { Result.IsCompleted: true })
            {
                _left.TrySetResult();
            }
            else if (_version < board.Version)
            {
                var news = board.Since(_version);
                Write(news.Bytes.Span);
                _version = news.Version;
            }
            else if (quiet >= Heartbeat)
            {
                Write(KeepAlive);
            }
        }
    }

    /// <summary>Ends the stream; when this returns nothing is being written to it.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _left.TrySetResult();
        }
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        body.Write(bytes);
        var flush = body.FlushAsync();
        _wroteAt = time.GetTimestamp();
        // Only a write that takes its time needs an object to be watched by.
        _writing = flush is { IsCompletedSuccessfully: true, Result.IsCompleted: false } ? null : flush.AsTask();
    }
}
